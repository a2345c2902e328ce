import { ts } from 'ts-morph';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier } from './carrier.js';
import type { CollectionFlows } from './collection-flows.js';
import { isPresenceCheck } from './presence-check.js';
import { isWrapper, withoutWrappers } from './transparent.js';

/** Members that say nothing about the elements but how many there are, and by which keys. */
const neutralMembers: ReadonlySet<string> = new Set(['length', 'size', 'has', 'keys', 'delete', 'clear']);

/** Methods that only put something in; what they give back is a number. */
const countingMethods: ReadonlySet<string> = new Set(['push', 'unshift']);

/** Whether everything that comes out of a collection, where it is read as a whole, is followed. */
export function isAccountedFor(
  read: ts.Expression,
  carrier: Carrier,
  index: CarrierIndex,
  { followed, callbacks }: Pick<CollectionFlows, 'followed' | 'callbacks'>,
): boolean {
  const { types } = index;
  let node = read;
  for (;;) {
    const outer = withPlainWrappers(node);
    if (outer === undefined) return false;
    if (followed.has(node)) return true;
    const { parent } = outer;
    const next = nextOf(outer);
    const isTaken = next !== undefined && index.read(next) === carrier;
    if (!isTaken) return isNeutral(outer, parent);
    if (ts.isCallExpression(next) && callsBack(next) && !callbacks.has(next)) return false;
    if (types.isSource(types.checker.getTypeAtLocation(next))) return true;
    node = next;
  }

  /** A set finds its elements by their identity, and an element would be another one. */
  function isElement(argument: ts.Expression): boolean {
    const type = types.checker.getTypeAtLocation(argument);
    return types.isSource(type) || types.isAssignable(type) || (type.flags & ts.TypeFlags.Any) !== 0;
  }

  function isNeutral(outer: ts.Expression, parent: ts.Node): boolean {
    if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return true;
    if (ts.isForInStatement(parent)) return parent.expression === outer;
    if (isPresenceCheck(outer, parent)) return true;
    if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword)
      return parent.right === outer;
    if (ts.isCallExpression(parent) && parent.expression !== outer)
      return parent.expression.getText() === 'Object.keys';
    if (!ts.isPropertyAccessExpression(parent) || parent.expression !== outer) return false;
    const { text } = parent.name;
    const call = parent.parent;
    if (!ts.isCallExpression(call) || call.expression !== parent) return neutralMembers.has(text);
    if (callbacks.has(call)) return true;
    if (text === 'has' || text === 'delete') return !call.arguments.some(isElement);
    return neutralMembers.has(text) || countingMethods.has(text);
  }
}

/** The expression that may take something from a collection that stands in it. */
function nextOf(node: ts.Expression): ts.Expression | undefined {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    const call = parent.parent;
    return ts.isCallExpression(call) && call.expression === parent ? call : parent;
  }
  if (ts.isElementAccessExpression(parent)) return parent.expression === node ? parent : undefined;
  if (ts.isCallExpression(parent)) return parent.expression === node ? undefined : parent;
  if (ts.isAwaitExpression(parent)) return parent;
  return ts.isBinaryExpression(parent) && parent.left === node ? parent : undefined;
}

/** A call of a method whose callback sees the elements. */
function callsBack({ expression, arguments: [first] }: ts.CallExpression): boolean {
  const callee = withoutWrappers(expression);
  const isMethod =
    ts.isPropertyAccessExpression(callee) && /^(filter|find|findLast|sort|toSorted)$/.test(callee.name.text);
  return isMethod && first !== undefined;
}

/** Parentheses and `!`; `undefined` where a type is asserted, which would have to change. */
function withPlainWrappers(node: ts.Expression): ts.Expression | undefined {
  let current = node;
  while (isWrapper(current.parent) && current.parent.expression === current) {
    current = current.parent;
    if (!ts.isParenthesizedExpression(current) && !ts.isNonNullExpression(current)) {
      return undefined;
    }
  }
  return current;
}
