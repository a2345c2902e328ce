import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import { UsageError } from '../usage-error.js';

interface WayBackQuestion {
  readonly checker: Checker;
  readonly file: ts.SourceFile;
  readonly source: ts.InterfaceDeclaration;
  readonly slots: readonly string[];
  readonly wanted: string | undefined;
}

/** The exported function of the facade's module that takes the source and returns exactly the slots. */
export function findWayBack(question: WayBackQuestion): ts.FunctionDeclaration | undefined {
  const { file, wanted } = question;
  const functions = file.statements.filter(
    (statement): statement is ts.FunctionDeclaration =>
      ts.isFunctionDeclaration(statement) &&
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true,
  );
  if (wanted !== undefined) {
    const named = functions.find(({ name }) => name?.text === wanted);
    if (named === undefined)
      throw new UsageError(`${file.fileName} exports no function ${wanted}. Check "wayBack".`);
    return named;
  }
  const candidates = functions.filter((candidate) => isWayBack(candidate, question));
  return candidates.length === 1 ? candidates[0] : undefined;
}

function isWayBack(candidate: ts.FunctionDeclaration, { checker, source, slots }: WayBackQuestion): boolean {
  const [parameter, ...others] = candidate.parameters;
  const signature = checker.getSignatureFromDeclaration(candidate);
  if (parameter === undefined || others.length > 0 || signature === undefined) return false;
  const taken = checker.getTypeAtLocation(parameter).symbol as ts.Symbol | undefined;
  if (taken?.declarations?.includes(source) !== true) return false;
  const given = signature
    .getReturnType()
    .getProperties()
    .map((property) => property.name);
  return given.length === slots.length && slots.every((slot) => given.includes(slot));
}
