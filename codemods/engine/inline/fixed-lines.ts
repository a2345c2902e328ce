import { ts } from 'ts-morph';

/**
 * Numbers of the lines of a piece of code that must stay where they are: those that start inside a template, a string, or
 * a comment whose lines do not follow its stars. Lines are counted from 0.
 */
export function fixedLines(code: string): ReadonlySet<number> {
  if (!/[`\\]|\/\*/.test(code)) return new Set();
  // Of an expression, the parentheses keep an object from being a block; they stand on its first and its last line.
  const file = ts.createSourceFile(
    'code.tsx',
    `(${code}\n)`,
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const fixed = new Set<number>();
  const fix = (start: number, end: number): void => {
    const first = file.getLineAndCharacterOfPosition(start).line;
    const last = file.getLineAndCharacterOfPosition(end).line;
    for (let line = first + 1; line <= last; line += 1) fixed.add(line);
  };
  const fixComments = (from: number): void => {
    for (const { pos, end } of commentsAt(file.text, from)) {
      if (!hasStars(file.text.slice(pos, end))) fix(pos, end);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateLiteralToken(node) || ts.isStringLiteral(node)) fix(node.getStart(), node.end);
    if (!ts.isJsxText(node)) {
      fixComments(node.pos);
      fixComments(node.end);
    }
    node.getChildren(file).forEach(visit);
  };
  visit(file);
  return fixed;
}

function commentsAt(text: string, position: number): readonly ts.CommentRange[] {
  return [
    ...(ts.getLeadingCommentRanges(text, position) ?? []),
    ...(ts.getTrailingCommentRanges(text, position) ?? []),
  ];
}

/** Whether each further line of a comment begins with a star, so that it is still the same comment further in. */
function hasStars(comment: string): boolean {
  return comment
    .split('\n')
    .slice(1)
    .every((line) => /^\s*\*/.test(line));
}
