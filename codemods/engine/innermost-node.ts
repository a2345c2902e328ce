import { ts } from 'ts-morph';

/** The innermost node whose own text has the position; a comment belongs to what is around it. */
export function innermostNode(file: ts.SourceFile, position: number): ts.Node {
  const find = (node: ts.Node): ts.Node =>
    ts.forEachChild(node, (child) =>
      child.getStart(file) <= position && position < child.end ? find(child) : undefined,
    ) ?? node;
  return find(file);
}
