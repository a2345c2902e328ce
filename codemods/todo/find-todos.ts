import { ts } from 'ts-morph';
import { explain } from '../engine/explain.js';
import { innermostNode } from '../engine/innermost-node.js';
import type { Project } from '../engine/open-project.js';
import { toAbsolutePath } from '../engine/project-path.js';
import { isWork, type Report } from '../reporting/report.js';

/** A comment that is to stand above a line. Lines count from 0. */
export interface Todo {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** What every comment begins with, to search for. */
export const todoMarker = '// TODO(refacet): ';

/** One comment at each place where a person must do something: at the cause, and not at what it blocks. */
export function findTodos(
  report: Report,
  project: Project,
  isEditable: (file: ts.SourceFile) => boolean,
): readonly Todo[] {
  const found = new Map<string, Todo>();
  for (const one of report.leftAlone.filter(isWork)) {
    const cause = one.blockedBy ?? one;
    const path = toAbsolutePath(project.root, cause.path);
    const file = project.program.getSourceFile(path);
    const line = file && isEditable(file) ? anchorLine(file, cause.line - 1, cause.column - 1) : undefined;
    if (line === undefined) continue;
    const { seen, next } = explain(cause);
    const text = `${todoMarker}${seen} ${next} [${cause.reason}]`.replace(/\s+/g, ' ');
    found.set(`${path}\n${line}\n${text}`, { path, line, text });
  }
  return [...found.values()];
}

/** The line above which a comment about a place can stand: that of its statement or member, with the comments on it. */
function anchorLine(file: ts.SourceFile, line: number, column: number): number | undefined {
  const position = ts.getPositionOfLineAndCharacter(file, line, column);
  const node = ts.findAncestor(
    innermostNode(file, position),
    (one) => isHolder(one) && isFirstOnItsLine(one, file),
  );
  if (node === undefined) return undefined;
  let first = ts.getLineAndCharacterOfPosition(file, node.getStart(file)).line;
  const comments = ts.getLeadingCommentRanges(file.text, node.pos) ?? [];
  for (const { pos, end } of comments.toReversed()) {
    const [start, last] = [pos, end].map((at) => ts.getLineAndCharacterOfPosition(file, at).line);
    const lineStart = file.getLineStarts()[start ?? 0] ?? 0;
    const isAlone = file.text.slice(lineStart, pos).trim() === '';
    // A comment that is set apart, the head of a file for example, is about something else.
    if (!isAlone || start === undefined || last !== first - 1) break;
    first = start;
  }
  return first;
}

function isHolder(node: ts.Node): boolean {
  return (ts.isStatement(node) && !ts.isBlock(node)) || ts.isClassElement(node) || ts.isTypeElement(node);
}

/** Nothing but space before it on its line, so that no string and no markup reaches over the line's start. */
function isFirstOnItsLine(node: ts.Node, file: ts.SourceFile): boolean {
  const start = node.getStart(file);
  const lineStart = file.getLineStarts()[ts.getLineAndCharacterOfPosition(file, start).line] ?? 0;
  return file.text.slice(lineStart, start).trim() === '' && node.pos <= lineStart;
}
