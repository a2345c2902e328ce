import { ts } from 'ts-morph';
import { wordPattern } from '../word-pattern.js';
import { nodeAt } from '../node-at.js';
import type { SourceTypes } from './source-types.js';

/** Whether a member that is used in a file, by its name, is one of the source. */
export function usesMember(file: ts.SourceFile, types: SourceTypes): boolean {
  for (const { index } of file.text.matchAll(wordPattern(types.members, 'g'))) {
    const node = nodeAt(file, index);
    if (ts.isIdentifier(node) && types.members.has(node.text) && isOfSource(node, types)) return true;
    if (ts.isStringLiteralLike(node) && types.members.has(node.text) && isKeyOfSource(node, types))
      return true;
  }
  return false;
}

function isOfSource(name: ts.Identifier, types: SourceTypes): boolean {
  const { parent } = name;
  const isMember =
    (ts.isPropertyAccessExpression(parent) && parent.name === name) ||
    (ts.isQualifiedName(parent) && parent.right === name);
  if (isMember) {
    const symbol = types.checker.getSymbolAtLocation(name);
    return symbol !== undefined && types.isSourceMember(symbol);
  }
  const isPicked = ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === name;
  if (isPicked) return types.isSource(types.checker.getTypeAtLocation(parent.parent));
  // A key of a literal that goes where the source is expected.
  const isKey =
    (ts.isPropertyAssignment(parent) ||
      ts.isShorthandPropertyAssignment(parent) ||
      ts.isMethodDeclaration(parent)) &&
    parent.name === name &&
    ts.isObjectLiteralExpression(parent.parent);
  const target = isKey ? types.checker.getContextualType(parent.parent) : undefined;
  return target !== undefined && types.isSource(target);
}

function isKeyOfSource(name: ts.StringLiteralLike, types: SourceTypes): boolean {
  const { parent } = name;
  return (
    ts.isElementAccessExpression(parent) &&
    parent.argumentExpression === name &&
    types.isSource(types.checker.getTypeAtLocation(parent.expression))
  );
}
