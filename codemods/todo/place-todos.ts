import { diffArrays } from 'diff';
import { ts } from 'ts-morph';
import { todoMarker, type Todo } from './find-todos.js';

export interface PlaceInput {
  readonly path: string;
  /** The text that the lines of the comments are about. */
  readonly before: string;
  /** The text to put them in. */
  readonly after: string;
  readonly todos: readonly Todo[];
  /** `add` writes the comments anew; `clean` only takes those away that nothing asks for any more. */
  readonly mode: 'add' | 'clean';
}

/** The new text with the comments that are still to the point, and without all others. */
export function placeTodos({ path, before, after, todos, mode }: PlaceInput): string {
  if (todos.length === 0 && !after.includes(todoMarker)) return after;
  const newline = after.includes('\r\n') ? '\r\n' : '\n';
  // With their ends, which need not be the same everywhere.
  const [beforeLines, afterLines] = [before, after].map((text) => text.split(/(?<=\n)/)) as [
    string[],
    string[],
  ];
  const old = commentLines(path, after);
  if (mode === 'clean') {
    const wanted = new Set(todos.map(({ text }) => text));
    return afterLines.filter((line, index) => !old.has(index) || wanted.has(line.trim())).join('');
  }
  const toAfter = lineMap(beforeLines, afterLines);
  const insertions = new Map<number, string[]>();
  for (const { line, text } of todos) {
    const target = toAfter[line] ?? afterLines.length - 1;
    // The indentation of the code, also where an old comment stands between.
    const code = afterLines.slice(target).find((_, index) => !old.has(target + index)) ?? '';
    const indent = /^[ \t]*/.exec(code)?.[0] ?? '';
    insertions.set(target, [...(insertions.get(target) ?? []), indent + text + newline]);
  }
  return afterLines
    .flatMap((line, index) => [...(insertions.get(index) ?? []), ...(old.has(index) ? [] : [line])])
    .join('');
}

/** The lines that hold one of our comments, and are no part of a string. */
function commentLines(path: string, text: string): ReadonlySet<number> {
  const found = new Set<number>();
  if (!text.includes(todoMarker)) return found;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  for (const [index, start] of file.getLineStarts().entries()) {
    const position = start + (/^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0);
    if (text.startsWith(todoMarker, position) && isBetweenTokens(file, position)) found.add(index);
  }
  return found;
}

function isBetweenTokens(file: ts.SourceFile, position: number): boolean {
  const isInside = (node: ts.Node): boolean =>
    node.getStart(file) <= position &&
    position < node.end &&
    (ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.isJsxText(node) ||
      (ts.forEachChild(node, (child) => isInside(child) || undefined) ?? false));
  return !isInside(file);
}

/** For each line of the old text, the line of the new one that it became, or that stands in its place. */
function lineMap(before: readonly string[], after: readonly string[]): readonly number[] {
  const map: number[] = [];
  let to = 0;
  for (const { count, added, removed } of diffArrays([...before], [...after])) {
    if (added) {
      to += count;
      continue;
    }
    for (let index = 0; index < count; index += 1) map.push(removed ? to : to + index);
    if (!removed) to += count;
  }
  return map;
}
