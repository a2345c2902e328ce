import { ts } from 'ts-morph';

/** The expression inside parentheses, assertions and `satisfies`. */
export function withoutWrappers(node: ts.Expression): ts.Expression {
  let current = node;
  while (isWrapper(current)) current = current.expression;
  return current;
}

/** The outermost expression that only wraps the given one. */
export function withWrappers(node: ts.Expression): ts.Expression {
  let current = node;
  while (isWrapper(current.parent) && current.parent.expression === current) current = current.parent;
  return current;
}

type Wrapper =
  | ts.ParenthesizedExpression
  | ts.NonNullExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.TypeAssertion;

/** Whether an expression only stands around another one. */
export function isWrapper(node: ts.Node): node is Wrapper {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node)
  );
}

/** A name, `this`, or members of one: what may be evaluated again without anybody noticing. */
export function isPath(node: ts.Expression): boolean {
  const bare = withoutWrappers(node);
  if (ts.isIdentifier(bare) || bare.kind === ts.SyntaxKind.ThisKeyword) return true;
  const isNamed = ts.isElementAccessExpression(bare) && ts.isStringLiteralLike(bare.argumentExpression);
  return (isNamed || ts.isPropertyAccessExpression(bare)) && isPath(bare.expression);
}
