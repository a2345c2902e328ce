import { ts } from 'ts-morph';
import { findMethod } from '../facade/facade-model.js';
import { slotsIn } from '../facade/template.js';
import type { DoubleMember, HelperMember } from './carrier.js';
import type { SourceTypes } from './source-types.js';

/** Names by which tests make mocks: `vi.fn()`, `sinon.stub()`. */
const frameworks: ReadonlySet<string> = new Set(['vi', 'jest', 'sinon', 'mock', 'sandbox']);

/** What a member of a double becomes; `undefined` where that is not certain. */
export function readMember(
  node: ts.ObjectLiteralElementLike,
  types: SourceTypes,
): DoubleMember | HelperMember | undefined {
  if (ts.isSpreadAssignment(node) || ts.isAccessor(node) || !ts.isIdentifier(node.name)) return undefined;
  const name = node.name.text;
  const method = findMethod(types.facade.model, name);
  if (method === undefined) return undefined;
  const value = ts.isPropertyAssignment(node) ? node.initializer : node;
  const { template, identity } = method;
  const target = template?.kind === 'call' && template.callee.kind === 'member' ? template.callee : undefined;
  const slots = template === undefined ? [] : slotsIn(template);
  const [slot] = slots;
  if (target?.object.kind !== 'slot' || slots.length !== 1 || slot === undefined) {
    return isMock(value) ? { node, name, slots } : undefined;
  }
  // A body of its own takes the arguments by position, and so do expectations on a mock that has a name of its own.
  if (identity === undefined && (!isMock(value) || takesArguments(value))) return undefined;
  // The types of other methods follow them; those of the source as a whole have no one type to follow.
  if (namesSource(value, types)) return undefined;
  const isDroppable =
    isMock(value) ||
    ts.isShorthandPropertyAssignment(value) ||
    ts.isMethodDeclaration(value) ||
    ts.isIdentifier(value);
  return { node, name, slot, method: target.name, isDroppable };
}

/** The call that makes a mock without an answer, as a double's own members have it: `vi.fn()`. */
export function bareMock(literal: ts.ObjectLiteralExpression): string | undefined {
  for (const property of literal.properties) {
    if (!ts.isPropertyAssignment(property)) continue;
    const { root, maker } = rootOf(property.initializer);
    if (root !== undefined && maker !== undefined) return `${maker.getText()}()`;
  }
  return undefined;
}

/** A function, or what a test framework's own function makes: `vi.fn().mockResolvedValue(…)`. */
function isMock(node: ts.Node): boolean {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) || rootOf(node).root !== undefined;
}

/** The framework's name at the start of a chain, and the function of it that is called. */
function rootOf(node: ts.Node): { readonly root?: ts.Identifier; readonly maker?: ts.Expression } {
  let current = node;
  let maker: ts.Expression | undefined;
  while (ts.isCallExpression(current) || ts.isPropertyAccessExpression(current)) {
    if (ts.isCallExpression(current)) maker = current.expression;
    current = current.expression;
  }
  return ts.isIdentifier(current) && frameworks.has(current.text) && maker !== undefined
    ? { root: current, maker }
    : {};
}

function takesArguments(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return node.parameters.length > 0;
  return ts.forEachChild(node, (child) => takesArguments(child) || undefined) === true;
}

/** Whether a type inside names the source other than by a method that is a facet's own. */
function namesSource(node: ts.Node, types: SourceTypes): boolean {
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && types.isSourceName(node.typeName)) {
    const { parent } = node;
    if (!ts.isIndexedAccessTypeNode(parent) || !ts.isLiteralTypeNode(parent.indexType)) return true;
    const { literal } = parent.indexType;
    return (
      !ts.isStringLiteral(literal) || findMethod(types.facade.model, literal.text)?.identity === undefined
    );
  }
  return ts.forEachChild(node, (child) => namesSource(child, types) || undefined) === true;
}
