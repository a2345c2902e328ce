import { ts } from 'ts-morph';
import type { SourceTypes } from './source-types.js';

/**
 * Whether an expression may give an instance of the facade's class. The way back opens such a one for good, so that what
 * is put on it later goes unseen; through anything else it calls the methods that are there at the time.
 */
export function mayBeFacade(expression: ts.Expression, types: SourceTypes): boolean {
  return visit(expression, new Set());

  function visit(node: ts.Expression, seen: Set<ts.Node>): boolean {
    if (seen.has(node)) return false;
    seen.add(node);
    if (
      ts.isParenthesizedExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isSatisfiesExpression(node)
    ) {
      return visit(node.expression, seen);
    }
    if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) return visit(node.expression, seen);
    if (ts.isObjectLiteralExpression(node)) return false;
    if (ts.isConditionalExpression(node)) return visit(node.whenTrue, seen) || visit(node.whenFalse, seen);
    if (ts.isAwaitExpression(node)) return visit(node.expression, seen);
    const type = types.checker.getTypeAtLocation(node);
    // A class of its own, a `Mocked<…>`, a literal's own type: known to be something else.
    const isUnclear = (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0 || types.isSource(type);
    if (!isUnclear && !isPromise(node)) return false;
    if (types.isFacadeInstance(type)) return true;
    if (ts.isCallExpression(node)) return isMadeBy(node, seen);
    const value = ts.isIdentifier(node) ? constantOf(node) : undefined;
    return value === undefined || visit(value, seen);
  }

  /** What a function of the project returns, as far as it says so itself. */
  function isMadeBy(call: ts.CallExpression, seen: Set<ts.Node>): boolean {
    const made = types.checker.getResolvedSignature(call)?.declaration;
    if (made === undefined || !('body' in made) || made.body === undefined) return true;
    const { body } = made;
    if (!ts.isBlock(body)) return visit(body, seen);
    return returnedBy(body).some((value) => visit(value, seen));
  }

  function constantOf(node: ts.Identifier): ts.Expression | undefined {
    const declaration = types.checker.getSymbolAtLocation(node)?.valueDeclaration;
    if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
    const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    return isConst ? declaration.initializer : undefined;
  }

  function isPromise(node: ts.Expression): boolean {
    return ts.isCallExpression(node) && ts.isAwaitExpression(node.parent);
  }
}

/** What the statements of a function return. */
export function returnedBy(body: ts.Block): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}
