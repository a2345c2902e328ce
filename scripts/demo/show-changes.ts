import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';

/** How changed lines look. */
export interface DiffStyle {
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly place: (text: string) => string;
}

export interface ShownChanges {
  readonly before: string;
  readonly after: string;
  /** All files that may have changed; of those, these are shown line by line and the rest is counted. */
  readonly paths: readonly string[];
  readonly inFull: readonly string[];
}

/** Shows what changed between two folders. Resolves to the number of changed files. */
export function showChanges(
  { before, after, paths, inFull }: ShownChanges,
  write: (text: string) => void,
  style: DiffStyle,
): number {
  const changes = paths.flatMap((path) => {
    const [old, now] = [readFileSync(join(before, path), 'utf8'), readFileSync(join(after, path), 'utf8')];
    return old === now ? [] : [{ path, lines: patchLines(path, old, now) }];
  });
  for (const { lines } of changes.filter(({ path }) => inFull.includes(path)))
    for (const line of lines) write(`   ${paint(line, style)}\n`);
  for (const { path, lines } of changes.filter(({ path }) => !inFull.includes(path)))
    write(
      `   ${path.padEnd(50)} ${style.added(`+${count(lines, '+')}`)} ${style.removed(`-${count(lines, '-')}`)}\n`,
    );
  return changes.length;
}

function patchLines(path: string, before: string, after: string): string[] {
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 2,
  });
  return patch.trimEnd().split('\n').slice(1);
}

const isHeader = (line: string): boolean => line.startsWith('+++ ') || line.startsWith('--- ');

function count(lines: readonly string[], sign: '+' | '-'): number {
  return lines.filter((line) => line.startsWith(sign) && !isHeader(line)).length;
}

function paint(line: string, { added, removed, place }: DiffStyle): string {
  if (isHeader(line) || line.startsWith('@@')) return place(line);
  if (line.startsWith('+')) return added(line);
  return line.startsWith('-') ? removed(line) : line;
}
