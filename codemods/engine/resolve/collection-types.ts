import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { Facade } from '../facade/facade.js';

/** What has to be known of the source to see what holds it. */
export interface KnownSource {
  readonly checker: Checker;
  readonly facade: Facade;
  isSource(type: ts.Type): boolean;
  isSourceName(node: ts.Identifier): boolean;
}

/** Types of the language that hold values of another type and give them back as they are. */
const containers: ReadonlySet<string> = new Set([
  ...['Array', 'ReadonlyArray', 'ConcatArray', 'Set', 'ReadonlySet', 'Map', 'ReadonlyMap'],
  ...['Promise', 'PromiseLike', 'Iterable', 'Iterator', 'IterableIterator', 'IteratorObject'],
  ...['ArrayIterator', 'MapIterator', 'SetIterator', 'Generator'],
  ...['AsyncIterable', 'AsyncIterator', 'AsyncIterableIterator', 'AsyncIteratorObject', 'AsyncGenerator'],
]);

/** Types whose first argument is what the others are found by. */
const keyed: ReadonlySet<string> = new Set(['Map', 'ReadonlyMap']);

/** Types of the language that change nothing but how members may be used. */
const wrappers: ReadonlySet<string> = new Set(['Readonly', 'Partial', 'Required']);

/** Lists in lists in promises: deeper than anybody reads. */
const maximumDepth = 4;

/** Whether a type holds sources: `Runner[]`, `Map<string, Runner>`, `Promise<readonly Runner[]>`. */
export function holdsSources(type: ts.Type, types: KnownSource, depth = 0): boolean {
  const { checker } = types;
  const bare = checker.getNonNullableType(type);
  if ((bare.flags & ts.TypeFlags.Object) === 0 || depth > maximumDepth) return false;
  const isHeld = (one: ts.Type): boolean => types.isSource(one) || holdsSources(one, types, depth + 1);
  if (((bare as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0) {
    const reference = bare as ts.TypeReference;
    const held = checker.getTypeArguments(reference);
    if ((reference.target.objectFlags & ts.ObjectFlags.Tuple) !== 0) return held.some(isHeld);
    if (!isContainer(bare)) return false;
    if (!keyed.has(bare.symbol.name)) return held.some(isHeld);
    const [key, ...values] = held;
    return key !== undefined && !isHeld(key) && values.some(isHeld);
  }
  return isRecord(bare) && recordValues(bare, types).some(isHeld);
}

/** An object whose keys are data: `Record<string, Runner>`, `{ [name: string]: Runner }`. */
export function isRecord(type: ts.Type): boolean {
  if ((type.flags & ts.TypeFlags.Object) === 0) return false;
  if (type.getStringIndexType() !== undefined) return !isContainer(type);
  const [argument] = type.aliasTypeArguments ?? [];
  const alias = type.aliasSymbol?.name ?? '';
  return alias === 'Record' || (wrappers.has(alias) && argument !== undefined && isRecord(argument));
}

function recordValues(type: ts.Type, { checker, facade }: KnownSource): readonly ts.Type[] {
  const elements = type.getStringIndexType();
  if (elements !== undefined) return [elements];
  const values = type
    .getProperties()
    .map((property) => checker.getTypeOfSymbolAtLocation(property, facade.sourceDeclaration));
  // All values alike: `Record<'north' | 'south', Runner>`.
  const [first] = values;
  return values.every((one) => one === first) ? values.slice(0, 1) : [];
}

/** Whether a type is one of the language's own that hold others. */
export function isContainer(type: ts.Type): boolean {
  const symbol = type.symbol as ts.Symbol | undefined;
  return (
    symbol !== undefined &&
    containers.has(symbol.name) &&
    symbol.declarations?.some((one) => one.getSourceFile().isDeclarationFile) === true
  );
}

/** Whether a written type is a collection of what `isElement` accepts, and of nothing that names the source otherwise. */
export function isCollectionType(
  node: ts.TypeNode,
  types: KnownSource,
  isElement: (node: ts.TypeNode) => boolean,
): boolean {
  const isPart = (one: ts.TypeNode): boolean =>
    isElement(one) || isCollectionType(one, types, isElement) || !namesSource(one, types);
  if (ts.isArrayTypeNode(node)) return isPart(node.elementType);
  if (ts.isTypeOperatorNode(node))
    return node.operator === ts.SyntaxKind.ReadonlyKeyword && isCollectionType(node.type, types, isElement);
  if (ts.isParenthesizedTypeNode(node)) return isCollectionType(node.type, types, isElement);
  if (ts.isTupleTypeNode(node)) return node.elements.every((one) => isPart(elementOf(one)));
  if (ts.isTypeLiteralNode(node)) {
    return node.members.every((one) => ts.isIndexSignatureDeclaration(one) && isPart(one.type));
  }
  if (!ts.isTypeReferenceNode(node) || !ts.isIdentifier(node.typeName)) return false;
  const { text } = node.typeName;
  const isKnown = containers.has(text) || wrappers.has(text) || text === 'Record';
  return isKnown && (node.typeArguments ?? []).every(isPart);
}

function elementOf(node: ts.TypeNode | ts.NamedTupleMember): ts.TypeNode {
  if (ts.isNamedTupleMember(node)) return elementOf(node.type);
  if (ts.isOptionalTypeNode(node) || ts.isRestTypeNode(node)) return node.type;
  return node;
}

/** Whether the source is named anywhere in a piece of code. */
export function namesSource(node: ts.Node, types: KnownSource): boolean {
  if (ts.isIdentifier(node)) return types.isSourceName(node);
  return ts.forEachChild(node, (child) => namesSource(child, types) || undefined) === true;
}
