import { ts } from 'ts-morph';
import { indentAt, startsLine } from '../indentation.js';
import type { Carrier, Flow, HoistedSource } from '../resolve/carrier.js';
import { limitedSlots } from '../resolve/limited-slots.js';
import { servesSlots } from '../resolve/literal-double.js';
import { withoutWrappers } from '../resolve/transparent.js';
import { declareHoisted } from './declare-hoisted.js';
import { facetText, textOfNode } from './facet-text.js';
import { separatorAt } from './file-style.js';
import type { FileRewriter } from './file-rewriter.js';
import type { TextOf } from './text-of.js';

/** Hands over facets where a value went into a carrier. Initialisers and patterns change with their declarations. */
export function rewriteFlow(rewriter: FileRewriter, flow: Flow): void {
  const { target, site, expression } = flow;
  const slots = rewriter.slotsOf(target);
  if (slots === undefined || ts.isBindingElement(expression)) return;
  if (target.isCollection === true && site !== 'element') {
    // Its name is edited where it is read, and what it is made of by itself.
    if (site === 'property') renameKey(rewriter, target, slots, expression);
    return;
  }
  switch (site) {
    case 'element':
      rewriteElement(rewriter, target, slots, expression);
      return;
    case 'argument':
      if (isHoisted(flow, slots) && !isMoving(rewriter, flow.from)) {
        hoistArgument(rewriter, target, slots, expression, flow.hoist);
      } else rewriteArgument(rewriter, target, slots, expression);
      return;
    case 'property':
      rewriteProperty(
        rewriter,
        target,
        limitedSlots(target, flow.limitedTo, (one) => rewriter.slotsOf(one)),
        expression,
      );
      return;
    case 'attribute':
      rewriteAttribute(rewriter, target, slots, expression);
      return;
    case 'assignment':
      rewriteAssignment(rewriter, flow, slots, expression);
      return;
    case 'return':
      if (!flow.isPromise) rewriteReturn(rewriter, target, slots, expression);
      return;
    case 'initializer':
    case 'binding':
    case 'branch':
    case 'each':
      return;
  }
}

/** What is evaluated once, before its statement. A double is written once for each facet. */
function isHoisted(flow: Flow, slots: readonly number[]): flow is Flow & { readonly hoist: HoistedSource } {
  const isDouble = flow.double !== undefined && servesSlots(flow.double, slots);
  return flow.hoist !== undefined && slots.length > 1 && !isDouble;
}

function isMoving(rewriter: FileRewriter, from: Carrier | undefined): boolean {
  return from !== undefined && rewriter.slotsOf(from) !== undefined;
}

function rewriteArgument(
  rewriter: FileRewriter,
  target: Carrier,
  slots: readonly number[],
  expression: ts.Expression,
): void {
  const separator = separatorAt(rewriter.file, rewriter.style, expression.getStart());
  rewriter.edit(target, {
    start: expression.getStart(),
    end: expression.end,
    key: 'argument',
    build: (textOf) =>
      slots.map((slot) => facetText(rewriter, target, expression, slot, textOf)).join(`,${separator}`),
  });
}

/** What is put into a collection: in a record, the key stays what it was. */
function rewriteElement(
  rewriter: FileRewriter,
  target: Carrier,
  slots: readonly number[],
  expression: ts.Expression,
): void {
  const [slot] = slots;
  if (slot === undefined) return;
  const { parent } = expression;
  const build = (textOf: TextOf): string => {
    const text = facetText(rewriter, target, expression, slot, textOf);
    if (ts.isShorthandPropertyAssignment(parent) && text !== parent.name.text)
      return `${parent.name.text}: ${text}`;
    return asResult(text, expression);
  };
  rewriter.edit(target, { start: expression.getStart(), end: expression.end, key: 'element', build });
}

/** The property that a collection is kept under. */
function renameKey(
  rewriter: FileRewriter,
  target: Carrier,
  slots: readonly number[],
  expression: ts.Expression,
): void {
  const [slot] = slots;
  const member = expression.parent;
  if (slot === undefined) return;
  const key = rewriter.nameOf(target, slot);
  if (ts.isShorthandPropertyAssignment(member)) {
    const read = rewriter.index.readShorthand(member);
    const value = read === undefined ? member.name.text : rewriter.nameOf(read, slot);
    const build = (): string => (key === value ? key : `${key}: ${value}`);
    rewriter.edit(target, { start: member.getStart(), end: member.end, key: 'property', build });
  } else if (ts.isPropertyAssignment(member)) {
    const { name } = member;
    rewriter.edit(target, { start: name.getStart(), end: name.end, key: 'property', build: () => key });
  }
}

function rewriteReturn(
  rewriter: FileRewriter,
  target: Carrier,
  slots: readonly number[],
  expression: ts.Expression,
): void {
  const [slot] = slots;
  if (slot === undefined) return;
  const build = (textOf: TextOf): string =>
    asResult(facetText(rewriter, target, expression, slot, textOf), expression);
  rewriter.edit(target, { start: expression.getStart(), end: expression.end, key: 'return', build });
}

/** What an arrow function gives needs parentheses where it would be taken for a block. */
function asResult(text: string, { parent }: ts.Expression): string {
  return text.startsWith('{') && ts.isArrowFunction(parent) ? `(${text})` : text;
}

/** Evaluates a source once, before the statement, and hands over its facets. */
function hoistArgument(
  rewriter: FileRewriter,
  target: Carrier,
  slots: readonly number[],
  expression: ts.Expression,
  hoist: HoistedSource,
): void {
  const nameOf = declareHoisted(rewriter, target, slots, expression, hoist);
  const separator = separatorAt(rewriter.file, rewriter.style, expression.getStart());
  rewriter.edit(target, {
    start: expression.getStart(),
    end: expression.end,
    key: 'argument',
    build: () => slots.map(nameOf).join(`,${separator}`),
  });
}

function rewriteProperty(
  rewriter: FileRewriter,
  target: Carrier,
  slots: readonly number[],
  expression: ts.Expression,
): void {
  const member = expression.parent;
  const separator = separatorAt(rewriter.file, rewriter.style, member.getStart());
  const build = (textOf: TextOf): string =>
    slots
      .map((slot) => {
        const key = rewriter.nameOf(target, slot);
        const value = facetText(rewriter, target, expression, slot, textOf);
        return key === value ? key : `${key}: ${value}`;
      })
      .join(`,${separator}`);
  rewriter.edit(target, { start: member.getStart(), end: member.end, key: 'property', build });
}

/** `runner={runner}` becomes `taskExecutor={taskExecutor}`, one attribute for each facet. */
function rewriteAttribute(
  rewriter: FileRewriter,
  target: Carrier,
  slots: readonly number[],
  expression: ts.Expression,
): void {
  const attribute = expression.parent.parent;
  const { text } = rewriter.file;
  const start = attribute.getStart();
  const name = (attribute as ts.JsxAttribute).name.getText();
  const joint = startsLine(text, start) ? `${rewriter.style.newline}${indentAt(text, start)}` : ' ';
  const build = (textOf: TextOf): string =>
    slots
      .map((slot) => {
        const open = text.slice(start + name.length, expression.getStart());
        const value = facetText(rewriter, target, expression, slot, textOf);
        return `${rewriter.nameOf(target, slot)}${open}${value}${text.slice(expression.end, attribute.end)}`;
      })
      .join(joint);
  rewriter.edit(target, { start, end: attribute.end, key: 'attribute', build });
}

function rewriteAssignment(
  rewriter: FileRewriter,
  flow: Flow,
  slots: readonly number[],
  expression: ts.Expression,
): void {
  const { target } = flow;
  const assignment = expression.parent as ts.BinaryExpression;
  const statement = assignment.parent;
  const hoistedName =
    isHoisted(flow, slots) && !isMoving(rewriter, flow.from)
      ? declareHoisted(rewriter, target, slots, expression, flow.hoist)
      : undefined;
  const left = withoutWrappers(assignment.left);
  const { text } = rewriter.file;
  const joint = `${rewriter.style.newline}${indentAt(text, statement.getStart())}`;
  const end = text.slice(assignment.end, statement.end);
  const operator = assignment.operatorToken.getText();
  const build = (textOf: TextOf): string =>
    slots
      .map((slot) => {
        const name = rewriter.nameOf(target, slot);
        const path = ts.isPropertyAccessExpression(left)
          ? `${textOfNode(left.expression, textOf)}${textOf(left.expression.end, left.name.getStart())}${name}`
          : name;
        const facet = hoistedName?.(slot) ?? facetText(rewriter, target, expression, slot, textOf);
        return `${path} ${operator} ${facet}${end}`;
      })
      .join(joint);
  rewriter.edit(target, { start: statement.getStart(), end: statement.end, key: 'assignment', build });
}
