import { join } from 'node:path';
import type { FileSystem } from './file-system.js';

/** One file of a run: what it held and what it holds since, as hashes; the contents lie beside the journal. */
export interface JournalEntry {
  /** From the root, with slashes. */
  readonly path: string;
  /** Missing for a file that the run has made. */
  readonly before?: string;
  readonly after: string;
}

/** What a run has written, or was writing when it ended. */
export interface Journal {
  readonly version: 2;
  /** `writing` and `undoing` are found after a crash only. */
  readonly state: 'writing' | 'written' | 'undoing';
  /** Name of the folder with the contents. */
  readonly run: string;
  readonly entries: readonly JournalEntry[];
}

/** The folder of journal and contents, which git ignores by itself. */
export function journalFolder(root: string): string {
  return join(root, '.refacet-migrate');
}

/** Where the contents of an entry lie: those to put back, or those to put in place. */
export function contentPath(root: string, run: string, side: 'old' | 'new', index: number): string {
  return join(journalFolder(root), run, side, String(index));
}

export function readJournal(root: string, files: FileSystem): Journal | undefined {
  const text = files.read(journalPath(root))?.toString('utf8');
  if (text === undefined) return undefined;
  const journal = JSON.parse(text) as Journal;
  // One of an earlier version cannot be read, and is no reason to stop.
  return (journal.version as number) === 2 ? journal : undefined;
}

/** Replaces the journal in one step: it is the old one or the new one, never half of it. */
export function saveJournal(root: string, journal: Journal, files: FileSystem): void {
  prepareJournal(root, journal, files)();
}

/** Puts a journal on the disk beside the one that holds. What is given back makes it hold, and needs no space. */
export function prepareJournal(root: string, journal: Journal, files: FileSystem): () => void {
  const path = journalPath(root);
  const prepared = `${path}.${journal.state}`;
  files.write(prepared, Buffer.from(JSON.stringify(journal)));
  return () => files.rename(prepared, path);
}

export function removeJournal(root: string, files: FileSystem): void {
  files.remove(journalPath(root));
}

function journalPath(root: string): string {
  return join(journalFolder(root), 'journal.json');
}
