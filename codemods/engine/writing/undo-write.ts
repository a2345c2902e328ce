import { join } from 'node:path';
import { UsageError } from '../usage-error.js';
import { disk, type FileSystem } from './file-system.js';
import { hashOf } from './hash-of.js';
import {
  contentPath,
  journalFolder,
  readJournal,
  removeJournal,
  saveJournal,
  type JournalEntry,
} from './journal.js';
import { whileAlone } from './write-lock.js';

/** What undoing has done, by paths from the root. */
export interface UndoOutcome {
  readonly restored: readonly string[];
  /** Files that were changed since, which are left as they are. */
  readonly left: readonly string[];
}

/** Whether a run was ended in the middle of writing: by a crash, or by the power. */
export function hasUnfinishedWrite(root: string, files: FileSystem = disk): boolean {
  const state = readJournal(root, files)?.state;
  return state !== undefined && state !== 'written';
}

/**
 * Restores what the last write replaced, byte for byte, whether it came to its end or not. Files that were changed since
 * are left and named; undoing again tries them once more.
 */
export function undoWrite(root: string, files: FileSystem = disk): UndoOutcome {
  if (readJournal(root, files) === undefined) throw nothingToUndo();
  return whileAlone(root, files, () => undoAlone(root, files));
}

/** The same for a run that keeps others out already. */
export function undoAlone(root: string, files: FileSystem): UndoOutcome {
  const journal = readJournal(root, files);
  if (journal === undefined) throw nothingToUndo();
  const { run, entries } = journal;
  // A run that was ended in the middle is known by its journal already, and a full disk could not take another one.
  if (journal.state === 'written') saveJournal(root, { ...journal, state: 'undoing' }, files);
  const restored: string[] = [];
  const left: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const outcome = undoOne(root, run, index, entry, files);
    if (outcome === 'restored') restored.push(entry.path);
    if (outcome === 'left') left.push(entry.path);
  }
  if (left.length === 0) {
    removeJournal(root, files);
    files.remove(join(journalFolder(root), run));
  } else saveJournal(root, { ...journal, state: 'written' }, files);
  return { restored, left };
}

function undoOne(
  root: string,
  run: string,
  index: number,
  { path, before, after }: JournalEntry,
  files: FileSystem,
): 'restored' | 'unchanged' | 'left' {
  const target = join(root, path);
  const current = files.read(target);
  const hash = current && hashOf(current);
  if (hash === before) return 'unchanged';
  if (hash !== after) return 'left';
  if (before === undefined) files.remove(target);
  else files.rename(contentPath(root, run, 'old', index), target);
  return 'restored';
}

function nothingToUndo(): UsageError {
  return new UsageError('There is nothing to undo.');
}
