import { ts } from 'ts-morph';
import type { Carrier, ConstructedFacet } from '../resolve/carrier.js';
import { choicesOf } from '../resolve/flow-expressions.js';
import { constructedFacets } from '../resolve/facade-construction.js';
import type { SourceTypes } from '../resolve/source-types.js';
import { isWrapper, withoutWrappers } from '../resolve/transparent.js';
import type { FileRewriter } from './file-rewriter.js';
import { slotName, slotTypeName } from './slot-names.js';
import { doubleText, literalText } from './split-double.js';
import type { TextOf } from './text-of.js';

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
    return carrier.double === undefined
      ? pathText(rewriter, carrier, value, slot, textOf)
      : doubleText(rewriter, carrier, carrier.double, value, slot);
  }
  const choices = rewriter.slotsOf(owner)?.length === 1 ? choicesOf(value) : [];
  if (choices.length > 0) return choiceText(rewriter, owner, value, choices, slot, textOf);
  const double = literalText(rewriter, owner, value, slot, textOf);
  if (double !== undefined) return double;
  const constructed = constructedFacets(value, rewriter.index.types)?.[slot];
  if (constructed !== undefined) return constructedText(rewriter, owner, value, slot, constructed, textOf);
  if (isEmpty(value) || isFitting(rewriter, owner, value)) return textOfNode(value, textOf);
  return wayBackText(rewriter, owner, value, textOfNode(value, textOf), slot);
}

/** What a declaration begins with: a facet, or a collection, whose parts are edited by themselves. */
export function initializerText(
  rewriter: FileRewriter,
  owner: Carrier,
  value: ts.Expression,
  slot: number,
  textOf: TextOf,
): string {
  return owner.isCollection === true
    ? textOfNode(value, textOf)
    : facetText(rewriter, owner, value, slot, textOf);
}

/** A choice with a facet in each of its branches. */
function choiceText(
  rewriter: FileRewriter,
  owner: Carrier,
  value: ts.Expression,
  choices: readonly ts.Expression[],
  slot: number,
  textOf: TextOf,
): string {
  let text = '';
  let position = value.getStart();
  for (const choice of choices) {
    text += textOf(position, choice.getStart()) + facetText(rewriter, owner, choice, slot, textOf);
    position = choice.end;
  }
  return text + textOf(position, value.end);
}

/** A facet by the way back: `facetsOf(runner).imageRegistry`. */
export function wayBackText(
  rewriter: FileRewriter,
  owner: Carrier,
  at: ts.Node,
  source: string,
  slot: number,
): string {
  return `${wayBackCall(rewriter, owner, at, source)}.${slotName(rewriter, slot)}`;
}

/** All facets of a source: `facetsOf(runner)`. */
export function wayBackCall(rewriter: FileRewriter, owner: Carrier, at: ts.Node, source: string): string {
  const { model, imports } = rewriter;
  const wayBack = model.wayBack && imports.nameOf(model.wayBack, 'value', `${model.wayBack.name}Source`, at);
  if (wayBack === undefined) {
    rewriter.refuse(owner, at, { reason: model.wayBack === undefined ? 'no-way-back' : 'name-taken' });
    return source;
  }
  return `${wayBack}(${source})`;
}

/** A facet of a facade that was made on the spot: what it was made of. */
function constructedText(
  rewriter: FileRewriter,
  owner: Carrier,
  value: ts.Expression,
  slot: number,
  { expression, member, isAsserted }: ConstructedFacet,
  textOf: TextOf,
): string {
  rewriter.imports.release(withoutWrappers(value));
  // What the facet is made of stands in the new text again.
  rewriter.imports.retain(expression);
  const path = textOfNode(expression, textOf);
  const facet = member === undefined ? path : `${path}.${member}`;
  return isAsserted ? `${facet} as unknown as ${slotTypeName(rewriter, owner, slot)}` : facet;
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
  releaseWrappers(rewriter, value);
  if (isElement(carrier, read, rewriter)) return elementText(rewriter, value, read, textOf);
  if (ts.isCallExpression(read)) return textOfNode(read, textOf);
  if (ts.isAwaitExpression(read)) {
    const isReceiver = ts.isParenthesizedExpression(read.parent);
    return isReceiver ? `(${textOfNode(read, textOf)})` : textOfNode(read, textOf);
  }
  const path = pathTo(read, rewriter.nameOf(carrier, slot), textOf);
  return carrier.isNullable && isAsserted(value, rewriter.index.types) ? `${path}!` : path;
}

/** A path that ends with another name, written as the last one was: `deps['taskExecutor']`. */
function pathTo(read: ts.Expression, name: string, textOf: TextOf): string {
  if (ts.isPropertyAccessExpression(read)) return `${textOf(read.getStart(), read.name.getStart())}${name}`;
  if (!ts.isElementAccessExpression(read)) return name;
  const key = read.argumentExpression;
  const quote = key.getText().charAt(0);
  return `${textOf(read.getStart(), key.getStart())}${quote}${name}${quote}${textOf(key.end, read.end)}`;
}

/** An element is taken out as before; `!` and what keeps it together stay. */
function elementText(
  { index: { types } }: FileRewriter,
  value: ts.Expression,
  read: ts.Expression,
  textOf: TextOf,
): string {
  const isLoose = ts.isAwaitExpression(read) || ts.isBinaryExpression(read);
  const isHeld = isLoose && ts.isParenthesizedExpression(read.parent);
  const text = isHeld ? `(${textOfNode(read, textOf)})` : textOfNode(read, textOf);
  const outer = isHeld ? read.parent : read;
  const mayBeAbsent = types.isNullable(types.checker.getTypeAtLocation(read));
  return ts.isNonNullExpression(outer.parent) || (mayBeAbsent && isAsserted(value, types))
    ? `${text}!`
    : text;
}

/** Whether an expression takes an element out of a collection, where the collection is named inside. */
function isElement({ isCollection }: Carrier, read: ts.Expression, { index }: FileRewriter): boolean {
  if (isCollection !== true) return false;
  const { types } = index;
  return types.isSource(types.checker.getTypeAtLocation(read));
}

/** The types of assertions that are not written again. */
export function releaseWrappers(rewriter: FileRewriter, value: ts.Expression): void {
  let node = value;
  while (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) {
    if (!ts.isParenthesizedExpression(node)) rewriter.imports.release(node.type);
    node = node.expression;
  }
}

function shorthandCarrier(rewriter: FileRewriter, value: ts.Expression): Carrier | undefined {
  const { parent } = value;
  return ts.isShorthandPropertyAssignment(parent) ? rewriter.index.readShorthand(parent) : undefined;
}

/** Whether the code says of a value that may be absent that it is there: by `!`, or by a type without absence. */
function isAsserted(value: ts.Expression, types: SourceTypes): boolean {
  for (let inner = value; isWrapper(inner); inner = inner.expression) {
    if (ts.isNonNullExpression(inner)) return true;
    const isCast = ts.isAsExpression(inner) || ts.isTypeAssertionExpression(inner);
    if (isCast && !types.isNullable(types.checker.getTypeAtLocation(inner))) return true;
  }
  let node: ts.Node = value;
  while (ts.isParenthesizedExpression(node.parent) || ts.isNonNullExpression(node.parent)) {
    if (ts.isNonNullExpression(node.parent)) return true;
    node = node.parent;
  }
  return false;
}

/** Not a source as a whole, where no more than a part of one is asked for. */
function isFitting(rewriter: FileRewriter, owner: Carrier, value: ts.Expression): boolean {
  const { types } = rewriter.index;
  return owner.pickedSlot !== undefined && !types.isSource(types.checker.getTypeAtLocation(value));
}

function isEmpty(value: ts.Expression): boolean {
  const bare = withoutWrappers(value);
  return bare.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(bare) && bare.text === 'undefined');
}
