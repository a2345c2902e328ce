import { ts } from 'ts-morph';

/** All comments of a text, sorted, so that two texts can be compared by them. */
export function commentsIn(text: string): readonly string[] {
  const file = ts.createSourceFile('comments.tsx', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found = new Map<number, string>();
  const collect = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end } of ranges ?? []) found.set(pos, text.slice(pos, end));
  };
  const visit = (node: ts.Node): void => {
    if (!ts.isJsxText(node)) {
      collect(ts.getLeadingCommentRanges(text, node.getFullStart()));
      collect(ts.getTrailingCommentRanges(text, node.getEnd()));
    }
    node.getChildren(file).forEach(visit);
  };
  visit(file);
  return [...found.values()].map((comment) => comment.replace(/\s+/g, ' ')).sort();
}
