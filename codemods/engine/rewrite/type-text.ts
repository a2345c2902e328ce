import { ts } from 'ts-morph';
import type { Carrier } from '../resolve/carrier.js';
import { namedMembers } from '../resolve/declaration-obstacles.js';
import type { FileRewriter } from './file-rewriter.js';
import { slotTypeName } from './slot-names.js';

/** The written type with the facet's in place of the source's: `Runner | undefined` keeps its second half. */
export function typeText(
  rewriter: FileRewriter,
  carrier: Carrier,
  typeNode: ts.TypeNode,
  slot: number,
): string {
  const start = typeNode.getStart();
  let text = '';
  let position = start;
  for (const reference of sourceReferences(rewriter, typeNode)) {
    text += rewriter.file.text.slice(position, reference.getStart()) + slotTypeName(rewriter, carrier, slot);
    position = reference.end;
  }
  return text + rewriter.file.text.slice(position, typeNode.end);
}

/** Gives up the names of the source in a type that is written anew. */
export function releaseType(rewriter: FileRewriter, typeNode: ts.TypeNode): void {
  for (const reference of sourceReferences(rewriter, typeNode)) rewriter.imports.release(reference);
}

/** The names of the source in a type, in the order of the text. */
function sourceReferences(rewriter: FileRewriter, typeNode: ts.TypeNode): readonly ts.Node[] {
  const { types } = rewriter.index;
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const isNamed =
      (ts.isIdentifier(node) && types.isSourceName(node)) ||
      types.isQualifiedSource(node) ||
      (ts.isIndexedAccessTypeNode(node) && namedMembers(node, rewriter.index).length > 0);
    if (isNamed) found.push(node);
    else ts.forEachChild(node, visit);
  };
  visit(typeNode);
  return found;
}
