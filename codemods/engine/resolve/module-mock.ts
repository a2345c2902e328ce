import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { SourceTypes } from './source-types.js';

/** The module that a test replaces with a call such as `vi.mock('./factory.js')`. */
export interface ModuleMock {
  readonly specifier: ts.StringLiteralLike;
  /** The test says itself what stands in the module's place. */
  readonly hasFactory: boolean;
}

/** Reads a call that replaces a module; `undefined` for any other. */
export function readModuleMock(node: ts.Node): ModuleMock | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  if (!/^(do)?mock$|^(unstable_)?mockModule$/i.test(node.expression.name.text)) return undefined;
  const [first, factory] = node.arguments;
  const specifier = first !== undefined && ts.isCallExpression(first) ? first.arguments[0] : first;
  if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return undefined;
  return { specifier, hasFactory: factory !== undefined };
}

/** Whether a replaced module is the file, or one that exports a declaration of it. */
export function isMockOf({ specifier }: ModuleMock, declaration: ts.Node, types: SourceTypes): boolean {
  const file = specifier.getSourceFile();
  const isImported = file.statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      statement.moduleSpecifier.text === specifier.text &&
      exportsDeclaration(statement.moduleSpecifier, declaration, types),
  );
  if (isImported || !specifier.text.startsWith('.')) return isImported;
  const path = posix.join(posix.dirname(file.fileName), specifier.text);
  return withoutExtension(path) === withoutExtension(declaration.getSourceFile().fileName);
}

function exportsDeclaration(
  specifier: ts.Expression,
  declaration: ts.Node,
  { checker }: SourceTypes,
): boolean {
  const module = checker.getSymbolAtLocation(specifier);
  return (
    module !== undefined &&
    checker.getExportsOfModule(module).some((one) => {
      const symbol = (one.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(one) : one;
      return symbol.declarations?.some((found) => found === declaration) === true;
    })
  );
}

function withoutExtension(path: string): string {
  return path.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
}
