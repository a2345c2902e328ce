import { ts } from 'ts-morph';

/** Whether a value is only asked whether it is there: `if (!runner)`, `runner === undefined`. */
export function isPresenceCheck(value: ts.Expression, user: ts.Node): boolean {
  if (ts.isPrefixUnaryExpression(user)) return user.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isIfStatement(user) || ts.isWhileStatement(user)) return user.expression === value;
  if (ts.isConditionalExpression(user)) return user.condition === value;
  if (!ts.isBinaryExpression(user)) return false;
  // `runner && …` as a value would also give the absent runner itself away; both are then empty.
  if (user.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return user.left === value;
  if (!equalities.has(user.operatorToken.kind)) return false;
  const other = user.left === value ? user.right : user.left;
  return other.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(other) && other.text === 'undefined');
}

const equalities: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);
