import { join } from 'node:path';
import type { FileSystem } from './file-system.js';
import { journalFolder } from './journal.js';

/**
 * Does something to a project's files while no other run may. What looks like a run that was ended in the middle may be
 * one that is still at work, and whoever put that one's files back would leave a mixture of both.
 */
export function whileAlone<Result>(root: string, files: FileSystem, action: () => Result): Result {
  const path = join(journalFolder(root), 'lock');
  const unlock = files.lock(path);
  if (unlock === undefined) {
    throw new Error(
      `Another run is writing in this project. Wait for it; if there is none, remove ${path} and run again.`,
    );
  }
  try {
    return action();
  } finally {
    unlock();
  }
}
