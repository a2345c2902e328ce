import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';

/** Identifiers that a scope gives their meaning: no members, no keys, no declared names. */
export function referencesIn(root: ts.Node): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node) && isReference(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** The declarations that an identifier means, aliases followed; `undefined` when nothing declares it. */
export function meaningOf(checker: Checker, node: ts.Identifier): readonly ts.Declaration[] | undefined {
  const { parent } = node;
  const symbol = ts.isShorthandPropertyAssignment(parent)
    ? checker.getShorthandAssignmentValueSymbol(parent)
    : ts.isExportSpecifier(parent)
      ? checker.getExportSpecifierLocalTargetSymbol(parent)
      : checker.getSymbolAtLocation(node);
  if (symbol === undefined) return undefined;
  const target = (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
  return target.declarations;
}

function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name === node;
  if (ts.isExportSpecifier(parent)) {
    return (
      parent.parent.parent.moduleSpecifier === undefined && (parent.propertyName ?? parent.name) === node
    );
  }
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (ts.isJsxAttribute(parent) || ts.isMetaProperty(parent) || ts.isNamespaceExport(parent)) return false;
  if (ts.isImportTypeNode(parent) || ts.isNamedTupleMember(parent)) return false;
  if (ts.isTypePredicateNode(parent)) return parent.parameterName === node;
  return (parent as { readonly name?: ts.Node }).name !== node;
}
