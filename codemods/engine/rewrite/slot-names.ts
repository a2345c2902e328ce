import type { Carrier } from '../resolve/carrier.js';
import type { FileRewriter } from './file-rewriter.js';

/** The name of a facet's slot: the member of what the way back gives. */
export function slotName(rewriter: FileRewriter, slot: number): string {
  return rewriter.model.slots[slot]?.name ?? '';
}

/** The name of a facet's type here. */
export function slotTypeName(rewriter: FileRewriter, owner: Carrier, slot: number): string {
  const type = rewriter.model.slots[slot]?.type;
  const name = type && rewriter.imports.nameOf(type, 'type', `${type.name}Facet`, owner.nameNode);
  if (name === undefined && type !== undefined)
    rewriter.refuse(owner, owner.nameNode, rewriter.imports.causeOfRefusal(type));
  return name ?? '';
}
