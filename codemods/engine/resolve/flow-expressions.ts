import { ts } from 'ts-morph';
import type { Flow } from './carrier.js';
import { withoutWrappers } from './transparent.js';

/** Spares the question about calls with nothing but literals and functions. */
export function mayGiveSource(node: ts.Expression): boolean {
  return !ts.isLiteralExpression(node) && !ts.isFunctionLike(node);
}

/** The expression of a flow that reads a carrier, without its wrappers; `undefined` for a binding element. */
export function readOf(flow: Flow): ts.Expression | undefined {
  return ts.isBindingElement(flow.expression) ? undefined : withoutWrappers(flow.expression);
}

/** The values that an expression chooses between; none if it chooses nothing. */
export function choicesOf(node: ts.Expression): readonly ts.Expression[] {
  const bare = withoutWrappers(node);
  if (ts.isConditionalExpression(bare)) return [bare.whenTrue, bare.whenFalse];
  const isChoice =
    ts.isBinaryExpression(bare) &&
    (bare.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
      bare.operatorToken.kind === ts.SyntaxKind.BarBarToken);
  return isChoice ? [bare.left, bare.right] : [];
}

/** `undefined` or `null`, as they are written. */
export function isEmpty(node: ts.Expression): boolean {
  const bare = withoutWrappers(node);
  return bare.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(bare) && bare.text === 'undefined');
}

/** Whether a function gives a promise by its own word. */
export function isAsync(node: ts.SignatureDeclaration | undefined): boolean {
  return (
    node !== undefined &&
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true
  );
}
