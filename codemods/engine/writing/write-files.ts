import { join } from 'node:path';
import { toProjectPath } from '../project-path.js';
import { disk, type FileSystem } from './file-system.js';
import { hashOf } from './hash-of.js';
import {
  contentPath,
  journalFolder,
  prepareJournal,
  readJournal,
  removeJournal,
  saveJournal,
  type Journal,
  type JournalEntry,
} from './journal.js';
import { hasUnfinishedWrite, undoAlone } from './undo-write.js';
import { whileAlone } from './write-lock.js';

/** A file to write: `before` is what was read, and nothing else may be overwritten. */
export interface FileChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

const byteOrderMark = Buffer.from('\uFEFF');

/** What is to be written: a change, or a file that is not there yet. */
export interface FileWrite {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
}

/**
 * Writes all files or none. Old and new contents and a journal are on the disk before the first file is touched, so that
 * what is left to do needs no space; whatever ends the process in between, {@link undoWrite} puts back what was there.
 */
export function writeFiles(root: string, changes: readonly FileWrite[], files: FileSystem = disk): void {
  if (changes.length === 0 && !hasUnfinishedWrite(root, files)) return;
  whileAlone(root, files, () => writeAlone(root, changes, files));
}

function writeAlone(root: string, changes: readonly FileWrite[], files: FileSystem): void {
  if (hasUnfinishedWrite(root, files)) undoAlone(root, files);
  if (changes.length === 0) return;
  const contents = changes.map((change) => contentsOf(change, root, files));
  const previous = readJournal(root, files);
  const run = String(Number(previous?.run ?? 0) + 1);
  const entries = contents.map(({ path, old, next }): JournalEntry => ({
    path,
    ...(old === undefined ? {} : { before: hashOf(old) }),
    after: hashOf(next),
  }));
  const journal: Journal = { version: 2, state: 'writing', run, entries };
  let commit: () => void;
  try {
    removeOtherRuns(root, previous?.run, files);
    files.write(join(journalFolder(root), '.gitignore'), Buffer.from('*\n'));
    for (const [index, { path, old, next }] of contents.entries()) {
      if (old !== undefined) files.write(contentPath(root, run, 'old', index), old, join(root, path));
      files.write(contentPath(root, run, 'new', index), next, join(root, path));
    }
    commit = prepareJournal(root, { ...journal, state: 'written' }, files);
    saveJournal(root, journal, files);
  } catch (cause) {
    files.remove(join(journalFolder(root), run));
    throw new Error(`The changes could not be prepared, so nothing was written: ${messageOf(cause)}`, {
      cause,
    });
  }
  try {
    for (const [index, { path, old }] of contents.entries()) {
      if (!isSame(files.read(join(root, path)), old)) throw new Error(`${path} changed in the meantime.`);
      files.rename(contentPath(root, run, 'new', index), join(root, path));
    }
    commit();
  } catch (cause) {
    const { left } = undoAlone(root, files);
    restoreJournal(root, previous, files);
    const rest = left.length === 0 ? '' : ` Only ${left.join(', ')} could not: look at it.`;
    throw new Error(
      `Not all files could be written, and what was has been put back: ${messageOf(cause)}${rest}`,
      {
        cause,
      },
    );
  }
  removeOtherRuns(root, run, files);
}

/** The run before a failed one can still be undone, if there is space to say so. */
function restoreJournal(root: string, previous: Journal | undefined, files: FileSystem): void {
  removeJournal(root, files);
  try {
    if (previous !== undefined) saveJournal(root, previous, files);
  } catch {
    // What the failed run has done is put back, which is what counts.
  }
}

/** The bytes of a file as it is and as it shall be, if it still is what was read. */
function contentsOf(
  { path, before, after }: FileWrite,
  root: string,
  files: FileSystem,
): { readonly path: string; readonly old: Buffer | undefined; readonly next: Buffer } {
  const name = toProjectPath(root, path);
  const old = files.read(path);
  const mark = old?.subarray(0, 3).equals(byteOrderMark) === true ? byteOrderMark : Buffer.alloc(0);
  if (!isSame(old, before === undefined ? undefined : Buffer.concat([mark, Buffer.from(before)]))) {
    throw new Error(`${name} changed while the migration was planned. Nothing was written: run again.`);
  }
  return { path: name, old, next: Buffer.concat([mark, Buffer.from(after)]) };
}

function isSame(left: Buffer | undefined, right: Buffer | undefined): boolean {
  return left === undefined || right === undefined ? left === right : left.equals(right);
}

/** Contents of earlier runs, and of one that ended before its journal was written. */
function removeOtherRuns(root: string, run: string | undefined, files: FileSystem): void {
  for (const name of files.list(journalFolder(root))) {
    if (/^\d+$/.test(name) && name !== run) files.remove(join(journalFolder(root), name));
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
