import { ts } from 'ts-morph';
import type { Carrier } from './carrier.js';
import { isRecord } from './collection-types.js';
import type { SourceTypes } from './source-types.js';
import { withoutWrappers } from './transparent.js';

/** Tells which carrier an expression reads. */
interface CarrierReader {
  readonly types: SourceTypes;
  read(node: ts.Expression): Carrier | undefined;
}

/** Methods of collections that give elements, or another collection of the same elements. */
const givingMethods: ReadonlySet<string> = new Set([
  ...['at', 'get', 'find', 'findLast', 'pop', 'shift'],
  ...['filter', 'slice', 'concat', 'reverse', 'toReversed', 'sort', 'toSorted', 'splice', 'toSpliced'],
  ...['with', 'values', 'entries', 'flat', 'set', 'add', 'fill', 'copyWithin', 'take', 'drop', 'toArray'],
]);

/** Functions of the language that give the elements of their argument. */
const givingFunctions: ReadonlySet<string> = new Set([
  ...['Object.values', 'Object.entries', 'Object.fromEntries', 'Object.freeze', 'Array.from'],
  ...['Promise.all', 'Promise.race', 'Promise.any', 'Promise.resolve'],
]);

/**
 * The collection that a value is taken from: `runners[0]`, `byRegion.get('north')`, `Object.values(runners)`. The
 * value is an element or a collection of the same elements, as its type says.
 */
export function readElements(node: ts.Expression, index: CarrierReader): Carrier | undefined {
  const holder = holderOf(node);
  const carrier = holder && index.read(holder);
  if (carrier?.isCollection !== true) return undefined;
  // Types cost more than names, and are asked for last.
  const { types } = index;
  if (ts.isPropertyAccessExpression(node) && !isOfRecord(node, index)) return undefined;
  const type = types.checker.getTypeAtLocation(node);
  return types.isSource(type) || types.isCollection(type) ? carrier : undefined;
}

/** `byName.north`, where the names are data. */
function isOfRecord(node: ts.PropertyAccessExpression, { types: { checker } }: CarrierReader): boolean {
  return isRecord(checker.getNonNullableType(checker.getTypeAtLocation(node.expression)));
}

/** What an expression takes elements from, by its form. */
function holderOf(node: ts.Expression): ts.Expression | undefined {
  if (ts.isElementAccessExpression(node) || ts.isAwaitExpression(node)) return node.expression;
  if (ts.isPropertyAccessExpression(node)) return node.expression;
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const isSet = kind === ts.SyntaxKind.EqualsToken || kind === ts.SyntaxKind.QuestionQuestionEqualsToken;
    // `(byRegion[name] ??= make(name))`: what is kept is what comes out.
    if (isSet && ts.isElementAccessExpression(withoutWrappers(node.left))) return node.left;
    return isChoice(kind) && isEmptyCollection(node.right) ? node.left : undefined;
  }
  if (!ts.isCallExpression(node) || node.typeArguments !== undefined) return undefined;
  const callee = withoutWrappers(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  if (isGivingFunction(callee)) return node.arguments.length === 1 ? node.arguments[0] : undefined;
  return givingMethods.has(callee.name.text) ? callee.expression : undefined;
}

/** `Object.values`, `Promise.all`. */
export function isGivingFunction(node: ts.PropertyAccessExpression): boolean {
  return ts.isIdentifier(node.expression) && givingFunctions.has(`${node.expression.text}.${node.name.text}`);
}

/** `??` and `||`. */
export function isChoice(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
}

/** `[]`, `new Map()`. */
function isEmptyCollection(node: ts.Expression): boolean {
  const bare = withoutWrappers(node);
  if (bare !== node) return false;
  if (ts.isArrayLiteralExpression(bare)) return bare.elements.length === 0;
  return ts.isNewExpression(bare) && (bare.arguments ?? []).length === 0 && bare.typeArguments === undefined;
}
