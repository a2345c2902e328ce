import { ts } from 'ts-morph';
import type { SourceTypes } from './source-types.js';
import { withoutWrappers } from './transparent.js';

/** Functions of the usual libraries whose outcome stands for an interface. */
const mockFactories = /^(mock|mockDeep|createMock|stubInterface|createStubInstance|deepMock)$/;

/** Whether a value may be an instance of exactly the facade's class. Only what is seen to be another thing is not. */
export function mayBeFacade(node: ts.Node, types: SourceTypes, depth = 0): boolean {
  if (depth > 8 || ts.isBindingElement(node)) return true;
  const again = (one: ts.Node): boolean => mayBeFacade(one, types, depth + 1);
  const bare = withoutWrappers(node as ts.Expression);
  if (ts.isObjectLiteralExpression(bare)) return false;
  if (ts.isAwaitExpression(bare)) return again(bare.expression);
  if (ts.isConditionalExpression(bare)) return again(bare.whenTrue) || again(bare.whenFalse);
  if (ts.isBinaryExpression(bare)) {
    const { kind } = bare.operatorToken;
    const chooses = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
    return chooses ? again(bare.left) || again(bare.right) : true;
  }
  if (ts.isNewExpression(bare)) {
    return !ts.isIdentifier(bare.expression) || types.isFacadeInstance(types.checker.getTypeAtLocation(bare));
  }
  if (ts.isIdentifier(bare)) return isUnknownName(bare, types, again);
  return ts.isCallExpression(bare) ? isUnknownCall(bare, types, again) : true;
}

function isUnknownName(node: ts.Identifier, types: SourceTypes, again: (node: ts.Node) => boolean): boolean {
  if (node.text === 'undefined') return false;
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? types.checker.getShorthandAssignmentValueSymbol(node.parent)
    : types.checker.getSymbolAtLocation(node);
  const declaration = symbol?.valueDeclaration;
  const isConst =
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  return !isConst || declaration.initializer === undefined || again(declaration.initializer);
}

function isUnknownCall(
  node: ts.CallExpression,
  types: SourceTypes,
  again: (node: ts.Node) => boolean,
): boolean {
  const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
  if (ts.isIdentifier(callee) && mockFactories.test(callee.text)) return false;
  const declaration = types.checker.getResolvedSignature(node)?.declaration;
  const body = declaration !== undefined && 'body' in declaration ? declaration.body : undefined;
  if (body === undefined) return true;
  if (!ts.isBlock(body)) return again(body);
  const returned: ts.Expression[] = [];
  const visit = (one: ts.Node): void => {
    if (ts.isReturnStatement(one) && one.expression !== undefined) returned.push(one.expression);
    if (!ts.isFunctionLike(one)) ts.forEachChild(one, visit);
  };
  visit(body);
  return returned.some(again);
}
