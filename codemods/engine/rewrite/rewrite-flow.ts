import { ts } from 'ts-morph';
import type { Carrier, Flow } from '../resolve/carrier.js';
import { withoutWrappers } from '../resolve/transparent.js';
import { facetText, textOfNode, type TextOf } from './facet-text.js';
import { indentAt, separatorAt } from './file-style.js';
import type { FileRewriter } from './file-rewriter.js';

/** Hands over facets where a value went into a carrier. Initialisers and patterns change with their declarations. */
export function rewriteFlow(rewriter: FileRewriter, flow: Flow): void {
  const { target, site, expression } = flow;
  const slots = rewriter.slotsOf(target);
  if (slots === undefined || ts.isBindingElement(expression)) return;
  switch (site) {
    case 'argument':
      rewriteArgument(rewriter, target, slots, expression);
      return;
    case 'property':
      rewriteProperty(rewriter, target, slots, expression);
      return;
    case 'assignment':
      rewriteAssignment(rewriter, target, slots, expression);
      return;
    case 'initializer':
    case 'binding':
      return;
  }
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
    build: (textOf) => slots.map((slot) => facetText(rewriter, target, expression, slot, textOf)).join(`,${separator}`),
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

function rewriteAssignment(
  rewriter: FileRewriter,
  target: Carrier,
  slots: readonly number[],
  expression: ts.Expression,
): void {
  const assignment = expression.parent as ts.BinaryExpression;
  const statement = assignment.parent;
  const left = withoutWrappers(assignment.left);
  const { text } = rewriter.file;
  const joint = `${rewriter.style.newline}${indentAt(text, statement.getStart())}`;
  const end = text.slice(assignment.end, statement.end);
  const build = (textOf: TextOf): string =>
    slots
      .map((slot) => {
        const name = rewriter.nameOf(target, slot);
        const path = ts.isPropertyAccessExpression(left)
          ? `${textOfNode(left.expression, textOf)}${textOf(left.expression.end, left.name.getStart())}${name}`
          : name;
        return `${path} = ${facetText(rewriter, target, expression, slot, textOf)}${end}`;
      })
      .join(joint);
  rewriter.edit(target, { start: statement.getStart(), end: statement.end, key: 'assignment', build });
}
