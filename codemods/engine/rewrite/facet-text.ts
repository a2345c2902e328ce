import { ts } from 'ts-morph';
import type { Carrier } from '../resolve/carrier.js';
import { withoutWrappers } from '../resolve/transparent.js';
import type { FileRewriter } from './file-rewriter.js';

/** Gives any stretch of the file after the edits inside it. */
export type TextOf = (start: number, end: number) => string;

/** The text of a node after the edits inside it. */
export function textOfNode(node: ts.Node, textOf: TextOf): string {
  return textOf(node.getStart(), node.end);
}

/** One facet of a source-typed value, as an expression: the carrier's own, or by the way back. */
export function facetText(
  rewriter: FileRewriter,
  owner: Carrier,
  value: ts.Expression,
  slot: number,
  textOf: TextOf,
): string {
  const carrier = rewriter.index.read(value) ?? shorthandCarrier(rewriter, value);
  if (carrier !== undefined && rewriter.slotsOf(carrier) !== undefined) {
    return pathText(rewriter, carrier, value, slot, textOf);
  }
  if (isEmpty(value)) return textOfNode(value, textOf);
  const { model, imports } = rewriter;
  const name = slotName(rewriter, slot);
  const wayBack = model.wayBack && imports.nameOf(model.wayBack, 'value', `${model.wayBack.name}Source`, value);
  if (wayBack === undefined) {
    rewriter.refuse(owner, value, { reason: model.wayBack === undefined ? 'no-way-back' : 'name-taken' });
    return textOfNode(value, textOf);
  }
  return `${wayBack}(${textOfNode(value, textOf)}).${name}`;
}

/** The path of a moving carrier with its facet's name at the end: `this.runner` becomes `this.imageRegistry`. */
function pathText(
  rewriter: FileRewriter,
  carrier: Carrier,
  value: ts.Expression,
  slot: number,
  textOf: TextOf,
): string {
  const read = withoutWrappers(value);
  const name = rewriter.nameOf(carrier, slot);
  const path = ts.isPropertyAccessExpression(read) ? `${textOf(read.getStart(), read.name.getStart())}${name}` : name;
  return carrier.isNullable && isAsserted(value) ? `${path}!` : path;
}

export function slotName(rewriter: FileRewriter, slot: number): string {
  return rewriter.model.slots[slot]?.name ?? '';
}

/** The name of a facet's type here. */
export function slotTypeName(rewriter: FileRewriter, owner: Carrier, slot: number): string {
  const type = rewriter.model.slots[slot]?.type;
  const name = type && rewriter.imports.nameOf(type, 'type', `${type.name}Facet`, owner.nameNode);
  if (name === undefined) rewriter.refuse(owner, owner.nameNode, { reason: 'name-taken', detail: type?.name });
  return name ?? '';
}

function shorthandCarrier(rewriter: FileRewriter, value: ts.Expression): Carrier | undefined {
  const { parent } = value;
  return ts.isShorthandPropertyAssignment(parent) ? rewriter.index.readShorthand(parent) : undefined;
}

function isAsserted(value: ts.Expression): boolean {
  let node: ts.Node = value;
  while (ts.isParenthesizedExpression(node.parent) || ts.isNonNullExpression(node.parent)) {
    if (ts.isNonNullExpression(node.parent)) return true;
    node = node.parent;
  }
  return false;
}

function isEmpty(value: ts.Expression): boolean {
  const bare = withoutWrappers(value);
  return bare.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(bare) && bare.text === 'undefined');
}
