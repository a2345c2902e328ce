import { ts } from 'ts-morph';

/** The innermost node at a position; a comment belongs to what follows it. */
export function nodeAt(file: ts.SourceFile, position: number): ts.Node {
  const find = (node: ts.Node): ts.Node =>
    ts.forEachChild(node, (child) =>
      child.pos <= position && position < child.end ? find(child) : undefined,
    ) ?? node;
  return find(file);
}
