import type { ts } from 'ts-morph';
import { indentAt } from '../indentation.js';
import type { Carrier, HoistedSource } from '../resolve/carrier.js';
import { wayBackCall } from './facet-text.js';
import type { FileRewriter } from './file-rewriter.js';
import { slotName } from './slot-names.js';

/** Declares constants for the facets of a source before a statement, and says how they are called. */
export function declareHoisted(
  rewriter: FileRewriter,
  owner: Carrier,
  slots: readonly number[],
  expression: ts.Expression,
  { statement, names }: HoistedSource,
): (slot: number) => string {
  const start = statement.getStart();
  const { newline, hasSemicolons } = rewriter.style;
  const end = `${hasSemicolons ? ';' : ''}${newline}${indentAt(rewriter.file.text, start)}`;
  const nameOf = (slot: number): string => {
    const name = names[slot];
    if (name === undefined)
      rewriter.refuse(owner, expression, { reason: 'name-taken', detail: slotName(rewriter, slot) });
    return name ?? slotName(rewriter, slot);
  };
  rewriter.edit(owner, {
    start,
    end: start,
    key: `source of ${expression.getStart()}`,
    build: () => {
      const elements = slots.map((slot) => {
        const key = slotName(rewriter, slot);
        return nameOf(slot) === key ? key : `${key}: ${nameOf(slot)}`;
      });
      const source = rewriter.edits.textOf(expression.getStart(), expression.end);
      return `const { ${elements.join(', ')} } = ${wayBackCall(rewriter, owner, expression, source)}${end}`;
    },
  });
  return nameOf;
}
