import type { ts } from 'ts-morph';
import type { Carrier } from '../resolve/carrier.js';
import type { FileRewriter } from './file-rewriter.js';
import { releaseType, typeText } from './type-text.js';

/** `new Map<string, Runner>()`: the type in the expression follows that of the collection. */
export function rewriteElementType(rewriter: FileRewriter, carrier: Carrier, node: ts.TypeNode): void {
  const [slot] = rewriter.slotsOf(carrier) ?? [];
  if (slot === undefined) return;
  releaseType(rewriter, node);
  rewriter.edit(carrier, {
    start: node.getStart(),
    end: node.end,
    key: 'type',
    build: () => typeText(rewriter, carrier, node, slot),
  });
}
