import { ts } from 'ts-morph';

/** Whether whoever calls a function names it, and does not have it by a function type that it goes to. */
export function isCalledByName(owner: ts.SignatureDeclaration): boolean {
  if (ts.isMethodDeclaration(owner)) return !ts.isObjectLiteralExpression(owner.parent);
  return (
    ts.isFunctionDeclaration(owner) ||
    ts.isConstructorDeclaration(owner) ||
    ts.isMethodSignature(owner) ||
    ts.isFunctionTypeNode(owner) ||
    ts.isCallSignatureDeclaration(owner) ||
    ((ts.isArrowFunction(owner) || ts.isFunctionExpression(owner)) && isConstInitializer(owner))
  );
}

function isConstInitializer({ parent }: ts.Expression): boolean {
  return (
    ts.isVariableDeclaration(parent) &&
    parent.type === undefined &&
    (parent.parent.flags & ts.NodeFlags.Const) !== 0
  );
}
