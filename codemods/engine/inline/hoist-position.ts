import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import { classifyArgument, isMovable } from './argument-class.js';

/**
 * The statement before which a `const` can take over the first thing that a call evaluates, without anything else being
 * evaluated earlier, later, or more often than before. `undefined` when there is none.
 */
export function hoistPosition(checker: Checker, call: ts.Expression): ts.Statement | undefined {
  const isInert = (node: ts.Expression): boolean => isMovable(classifyArgument(checker, node));
  let node: ts.Node = call;
  for (;;) {
    const parent: ts.Node = node.parent;
    if (ts.isVariableDeclaration(parent)) {
      const list = parent.parent;
      if (!ts.isVariableDeclarationList(list) || !ts.isVariableStatement(list.parent)) return undefined;
      if (parent.initializer !== node || list.declarations[0] !== parent) return undefined;
      return inStatementList(list.parent);
    }
    if (ts.isExpressionStatement(parent) || ts.isReturnStatement(parent) || ts.isThrowStatement(parent)) {
      return inStatementList(parent);
    }
    if ((ts.isIfStatement(parent) || ts.isSwitchStatement(parent)) && parent.expression === node) {
      return inStatementList(parent);
    }
    if (!isEvaluatedFirst(node, parent, isInert)) return undefined;
    node = parent;
  }
}

/** Whether nothing but inert things is evaluated in `parent` before `node`, and `node` always is. */
function isEvaluatedFirst(
  node: ts.Node,
  parent: ts.Node,
  isInert: (node: ts.Expression) => boolean,
): boolean {
  if (
    ts.isAwaitExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isVoidExpression(parent) ||
    ts.isPrefixUnaryExpression(parent)
  ) {
    return true;
  }
  if (ts.isPropertyAccessExpression(parent)) return parent.questionDotToken === undefined;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    if (parent.expression === node) return true;
    const elements: readonly ts.Expression[] = parent.arguments ?? [];
    const before = elements.slice(0, elements.indexOf(node as ts.Expression));
    return [parent.expression, ...before].every(isInert) && !isOptionalCall(parent);
  }
  if (ts.isBinaryExpression(parent)) {
    if (parent.left === node) return true;
    if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
    return (
      ts.isIdentifier(parent.left) ||
      (ts.isPropertyAccessExpression(parent.left) && isInert(parent.left.expression))
    );
  }
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (ts.isPropertyAssignment(parent)) {
    const members = parent.parent.properties;
    return (
      !ts.isComputedPropertyName(parent.name) &&
      members
        .slice(0, members.indexOf(parent))
        .every((member) => ts.isPropertyAssignment(member) && isInert(member.initializer))
    );
  }
  if (ts.isObjectLiteralExpression(parent)) return true;
  if (ts.isArrayLiteralExpression(parent)) {
    return parent.elements.slice(0, parent.elements.indexOf(node as ts.Expression)).every(isInert);
  }
  return false;
}

function isOptionalCall(node: ts.CallExpression | ts.NewExpression): boolean {
  return (node.flags & ts.NodeFlags.OptionalChain) !== 0;
}

function inStatementList(statement: ts.Statement): ts.Statement | undefined {
  const { parent } = statement;
  return ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isModuleBlock(parent) ? statement : undefined;
}
