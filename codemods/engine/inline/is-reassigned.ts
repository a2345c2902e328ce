import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';

const known = new WeakMap<ts.Node, boolean>();

/** Whether anything but its declaration may set a variable or parameter. */
export function isReassigned(
  checker: Checker,
  declaration: ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement,
): boolean {
  const cached = known.get(declaration);
  if (cached !== undefined) return cached;
  const answer = !isConst(declaration) && hasAssignment(checker, declaration);
  known.set(declaration, answer);
  return answer;
}

function isConst(declaration: ts.Node): boolean {
  const owner = ts.findAncestor(declaration, ts.isVariableDeclarationList);
  const isOwn =
    owner !== undefined &&
    !ts.findAncestor(declaration, (node) => ts.isParameter(node) && isInside(node, owner));
  return isOwn && (owner.flags & ts.NodeFlags.Const) !== 0;
}

function isInside(node: ts.Node, ancestor: ts.Node): boolean {
  return ts.findAncestor(node, (one) => one === ancestor) !== undefined;
}

function hasAssignment(
  checker: Checker,
  declaration: ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement,
): boolean {
  const name = declaration.name;
  if (!ts.isIdentifier(name)) return true;
  // Exported variables are set from here only, but others see each change: an import of one is never stable.
  const scope = declaration.getSourceFile();
  const symbol = checker.getSymbolAtLocation(name);
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found) return;
    if (ts.isIdentifier(node) && node.text === name.text && node !== name && isWriteTarget(node)) {
      const target = ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      if (target === symbol) found = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(scope);
  return found;
}

/** Whether an expression is the target of an assignment, an update, a `for` head or a destructuring assignment. */
export function isWriteTarget(node: ts.Node): boolean {
  let current = node;
  for (;;) {
    const parent = current.parent;
    if (ts.isBinaryExpression(parent)) {
      return parent.left === current && isAssignment(parent.operatorToken.kind);
    }
    if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
      return (
        parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken
      );
    }
    if (ts.isForInStatement(parent) || ts.isForOfStatement(parent)) return parent.initializer === current;
    if (ts.isDeleteExpression(parent)) return true;
    const isPattern =
      ts.isArrayLiteralExpression(parent) ||
      ts.isObjectLiteralExpression(parent) ||
      ts.isShorthandPropertyAssignment(parent) ||
      (ts.isPropertyAssignment(parent) && parent.initializer === current) ||
      ts.isSpreadElement(parent) ||
      ts.isSpreadAssignment(parent) ||
      ts.isParenthesizedExpression(parent) ||
      ts.isNonNullExpression(parent) ||
      ts.isAsExpression(parent);
    if (!isPattern) return false;
    current = parent;
  }
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
