import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './usage-error.js';

/** A file to write: `before` is what was read, and nothing else may be overwritten. */
export interface FileChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** As {@link FileChange}, or a file that was not there: `before` is then missing. */
export type WrittenFile = Omit<FileChange, 'before'> & { readonly before?: string | undefined };

interface Journal {
  readonly version: 1;
  readonly state: 'writing' | 'written';
  readonly changes: readonly WrittenFile[];
}

const byteOrderMark = '\uFEFF';

/**
 * Writes all files or none. A journal is kept first, in a folder that git ignores by itself, from which
 * {@link undoWrite} restores what was there.
 */
export function writeFiles(root: string, changes: readonly WrittenFile[]): void {
  if (readJournal(root)?.state === 'writing') {
    throw new UsageError(
      'An earlier run was interrupted while it wrote. Run `refacet migrate --undo` first.',
    );
  }
  const changed = changes.filter(({ path, before }) => readText(path) !== before);
  if (changed.length > 0) {
    throw new Error(
      `${changed.map(({ path }) => path).join(', ')} changed while the migration was planned. Nothing was written.`,
    );
  }
  saveJournal(root, { version: 1, state: 'writing', changes });
  const written: WrittenFile[] = [];
  try {
    for (const change of changes) {
      replaceText(change.path, change.after);
      written.push(change);
    }
  } catch (cause) {
    for (const { path, before } of written) restoreText(path, before);
    rmSync(journalPath(root));
    throw new Error('A file could not be written. What was written has been put back.', { cause });
  }
  saveJournal(root, { version: 1, state: 'written', changes });
}

/** Restores what the last write replaced, byte for byte. Files that were changed since are left and named. */
export function undoWrite(root: string): {
  readonly restored: readonly string[];
  readonly left: readonly string[];
} {
  const journal = readJournal(root);
  if (journal === undefined) throw new UsageError('There is nothing to undo.');
  const restored: string[] = [];
  const left: string[] = [];
  for (const { path, before, after } of journal.changes) {
    const current = readText(path);
    if (current === after) {
      restoreText(path, before);
      restored.push(path);
    } else if (current !== before) left.push(path);
  }
  if (left.length === 0) rmSync(journalPath(root));
  return { restored, left };
}

function readText(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}

function restoreText(path: string, before: string | undefined): void {
  if (before === undefined) rmSync(path);
  else replaceText(path, before);
}

/** Writes beside the file and renames, so that no reader ever sees half of it. */
function replaceText(path: string, text: string): void {
  const isThere = existsSync(path);
  const mark = isThere && readFileSync(path, 'utf8').startsWith(byteOrderMark) ? byteOrderMark : '';
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  writeFileSync(temporary, mark + text, isThere ? { mode: statSync(path).mode } : {});
  renameSync(temporary, path);
}

function journalPath(root: string): string {
  return join(root, '.refacet-migrate', 'journal.json');
}

function readJournal(root: string): Journal | undefined {
  const path = journalPath(root);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Journal) : undefined;
}

function saveJournal(root: string, journal: Journal): void {
  const folder = join(root, '.refacet-migrate');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '*\n');
  writeFileSync(journalPath(root), JSON.stringify(journal));
}
