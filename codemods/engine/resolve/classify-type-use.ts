import { ts } from 'ts-morph';
import { findMethod, type MethodModel } from '../facade/facade-model.js';
import type { CarrierIndex } from './carrier-index.js';
import type { Use } from './carrier.js';
import type { SourceTypes } from './source-types.js';

/** Types of the language that are made of the members of another. */
const memberTypes: ReadonlySet<string> = new Set(['Pick', 'Omit', 'Record']);

/**
 * A type that is made of members of the source: `keyof Runner`, `Runner['killTask']`, `Pick<Runner, …>`. The types of
 * carriers are theirs, and a method that is a facet's own is followed to the facet; nothing else has one type instead.
 */
export function classifyTypeUse(node: ts.TypeReferenceNode, index: CarrierIndex): Use | undefined {
  const { types } = index;
  if (!ts.isIdentifier(node.typeName) || node.typeArguments !== undefined) return undefined;
  const { parent } = node;
  const isIndexed = ts.isIndexedAccessTypeNode(parent) && parent.objectType === node;
  const isKeys = ts.isTypeOperatorNode(parent) && parent.operator === ts.SyntaxKind.KeyOfKeyword;
  const isArgument =
    (ts.isTypeReferenceNode(parent) && memberTypes.has(parent.typeName.getText())) ||
    (ts.isExpressionWithTypeArguments(parent) && memberTypes.has(parent.expression.getText()));
  if ((!isIndexed && !isKeys && !isArgument) || !types.isSourceName(node.typeName)) return undefined;
  if (index.byTypeUse(parent) !== undefined || isTypeOfCarrier(parent, index)) return undefined;
  return {
    carrier: undefined,
    node: parent,
    member: isIndexed ? (keyOf(parent) ?? node.typeName.text) : node.typeName.text,
    action: { kind: 'left', cause: { reason: 'type-level-use', detail: parent.getText() } },
  };
}

/** The facet's method that `Runner['killTask']` stands for; `undefined` where there is none that is the same. */
export function identityNamedBy(
  node: ts.IndexedAccessTypeNode,
  types: SourceTypes,
): NonNullable<MethodModel['identity']> | undefined {
  const { objectType } = node;
  if (!ts.isTypeReferenceNode(objectType) || !ts.isIdentifier(objectType.typeName)) return undefined;
  const key = keyOf(node);
  return key !== undefined && types.isSourceName(objectType.typeName)
    ? findMethod(types.facade.model, key)?.identity
    : undefined;
}

function keyOf({ indexType }: ts.IndexedAccessTypeNode): string | undefined {
  return ts.isLiteralTypeNode(indexType) && ts.isStringLiteral(indexType.literal)
    ? indexType.literal.text
    : undefined;
}

/** A `Pick` that a carrier is declared with changes with the carrier. */
function isTypeOfCarrier(node: ts.Node, index: CarrierIndex): boolean {
  const owner = ts.findAncestor(node, (one) => !ts.isTypeNode(one));
  return owner !== undefined && index.byDeclaration(owner)?.typeNode !== undefined;
}
