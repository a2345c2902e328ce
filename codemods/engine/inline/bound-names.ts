import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';

/** Names that constants of this run have taken, by the block that holds them. */
export type BoundNames = Map<ts.Node, Set<string>>;

/** Takes a name for a constant before a statement, unless it already means something there or further in. */
export function takeName(
  checker: Checker,
  names: BoundNames,
  statement: ts.Statement,
  name: string,
): boolean {
  const block = statement.parent;
  const taken = names.get(block) ?? new Set();
  if (taken.has(name) || isUsed(block, name)) return false;
  if (checker.resolveName(name, statement, ts.SymbolFlags.Value, false) !== undefined) return false;
  names.set(block, taken.add(name));
  return true;
}

function isUsed(node: ts.Node, name: string): boolean {
  if (ts.isIdentifier(node) && node.text === name && !isMemberName(node)) return true;
  return ts.forEachChild(node, (child) => isUsed(child, name) || undefined) === true;
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node)
  );
}
