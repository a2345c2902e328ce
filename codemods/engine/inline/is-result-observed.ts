import { ts } from 'ts-morph';

/** Whether a call's value goes anywhere that has no written type of its own. */
export function isResultObserved(call: ts.CallExpression): boolean {
  let node: ts.Node = call;
  while (
    ts.isParenthesizedExpression(node.parent) ||
    ts.isAwaitExpression(node.parent) ||
    ts.isVoidExpression(node.parent)
  ) {
    node = node.parent;
  }
  const { parent } = node;
  if (ts.isVariableDeclaration(parent)) return parent.type === undefined;
  if (ts.isAsExpression(parent) || ts.isTypeAssertionExpression(parent)) return false;
  if (ts.isReturnStatement(parent)) {
    const owner = ts.findAncestor(parent, ts.isFunctionLike);
    return owner === undefined || owner.type === undefined;
  }
  if (ts.isArrowFunction(parent)) return parent.type === undefined;
  return !ts.isExpressionStatement(parent);
}
