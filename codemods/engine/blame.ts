import { ts } from 'ts-morph';
import type { Checker } from './checker.js';
import { nodeAt } from './node-at.js';
import type { Carrier } from './resolve/carrier.js';
import type { RewrittenFile } from './rewrite/rewrite.js';

/** Who answers for errors in the new texts. */
export interface BlameInput {
  readonly program: ts.Program;
  readonly files: readonly RewrittenFile[];
  readonly moving: readonly Carrier[];
}

/**
 * The carriers that answer for an error: those whose edits it touches; or those of the smallest code around it that was
 * edited; or those that changed what its statement is about, in whatever file that is declared; or those of its file;
 * and all of them only where nothing is nearer.
 */
export function blame(error: ts.Diagnostic, { program, files, moving }: BlameInput): readonly Carrier[] {
  const isCarrier = (owner: unknown): owner is Carrier => moving.includes(owner as Carrier);
  const ownersIn = (path: string, isMeant: (start: number, end: number) => boolean): readonly Carrier[] =>
    (files.find((file) => file.path === path)?.placed ?? [])
      .filter((edit) => isMeant(edit.start, edit.end))
      .flatMap((edit) => edit.owners.filter(isCarrier));
  const { file, start: from = 0, length = 0 } = error;
  if (file === undefined) return moving;
  const within = (path: string, start: number, end: number): readonly Carrier[] =>
    ownersIn(path, (editStart, editEnd) => editStart <= end && start <= editEnd);

  const touching = within(file.fileName, from, from + length);
  if (touching.length > 0) return touching;
  // An argument may be wrong because of what it is given to.
  const around = pathTo(file, from);
  for (const node of around) {
    if (ts.isSourceFile(node)) break;
    const owners = within(file.fileName, node.getStart(file), node.end);
    if (owners.length > 0) return owners;
  }
  const statement = around[around.findIndex(isLarge) - 1];
  const about = statement === undefined ? [] : declarationsBehind(statement, program.getTypeChecker());
  const changed = about.flatMap((declaration) =>
    ownersIn(declaration.getSourceFile().fileName, (start, end) => isInSignature(declaration, start, end)),
  );
  if (changed.length > 0) return [...new Set(changed)];
  const beside = ownersIn(file.fileName, () => true);
  return beside.length > 0 ? beside : moving;
}

/** The nodes around a position, from the inside out. */
function pathTo(file: ts.SourceFile, position: number): readonly ts.Node[] {
  const path: ts.Node[] = [];
  for (
    let node: ts.Node | undefined = nodeAt(file, position);
    node !== undefined;
    node = node.parent as ts.Node | undefined
  )
    path.push(node);
  return path;
}

/** What says more than one thing: the names in it say little about an error in one of its parts. */
function isLarge(node: ts.Node): boolean {
  return ts.isSourceFile(node) || ts.isBlock(node) || ts.isModuleBlock(node) || ts.isFunctionLike(node);
}

/** The declarations of all that is named in some code, and of the types that it has or is expected to have. */
function declarationsBehind(root: ts.Node, checker: Checker): readonly ts.Declaration[] {
  const found = new Set<ts.Declaration>();
  const add = (symbol: ts.Symbol | undefined): void => {
    const meant =
      symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
        ? checker.getAliasedSymbol(symbol)
        : symbol;
    for (const declaration of meant?.declarations ?? []) found.add(declaration);
  };
  const addType = (type: ts.Type | undefined): void => {
    if (type === undefined) return;
    const constraint = type.getConstraint() ?? type;
    for (const one of constraint.isUnionOrIntersection() ? constraint.types : [constraint]) {
      add(one.aliasSymbol);
      add(one.symbol);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      add(checker.getSymbolAtLocation(node));
      addType(checker.getTypeAtLocation(node));
    }
    if (ts.isObjectLiteralExpression(node)) addType(checker.getContextualType(node));
    if (!ts.isBlock(node)) ts.forEachChild(node, visit);
  };
  visit(root);
  return [...found];
}

/** Whether a stretch belongs to what users of a declaration see: no body of a function has it. */
function isInSignature(declaration: ts.Declaration, start: number, end: number): boolean {
  if (start < declaration.getFullStart() || end > declaration.end) return false;
  const isInBody = (node: ts.Node): boolean =>
    ts.isBlock(node) && ts.isFunctionLike(node.parent)
      ? start >= node.pos && end <= node.end
      : ts.forEachChild(node, (child) => (isInBody(child) ? true : undefined)) === true;
  return !isInBody(declaration);
}
