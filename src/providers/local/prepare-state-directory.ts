import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';

import { AppError } from '../../contracts/index.js';

/** Name of the database inside the state directory; what tells a state directory from any other. */
export const databaseFileName = 'refacet.db';

/**
 * Makes the state directory, or checks the one that is there, so that nobody but its owner can read it.
 *
 * @throws AppError `SERVICE_UNAVAILABLE` with what to do about it.
 */
export function prepareStateDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if ((statSync(directory).mode & 0o077) === 0) return;
    const entries = readdirSync(directory);
    if (entries.length === 0 || entries.includes(databaseFileName)) {
      chmodSync(directory, 0o700);
      return;
    }
  } catch (cause) {
    throw new AppError(
      'SERVICE_UNAVAILABLE',
      `cannot use ${directory} as the state directory: ${messageOf(cause)}; ` +
        'make it writable, or set REFACET_HOME to another directory',
      { cause },
    );
  }
  // Closing somebody's home or /tmp to everybody else would be worse than not starting.
  throw new AppError(
    'SERVICE_UNAVAILABLE',
    `${directory} holds files of others and is open to other users: ` +
      'set REFACET_HOME to a new directory, or take the access away (chmod 700) first',
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
