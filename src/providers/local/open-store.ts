import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';

import { AppError } from '../../contracts/index.js';
import { migrate } from './migrations.js';
import { databaseFileName, prepareStateDirectory } from './prepare-state-directory.js';
import { openSqliteDatabase, type SqliteDatabase } from './sqlite-database.js';

/**
 * Opens the store in a state directory and brings it to the newest schema; both are made when they are missing.
 * The lock on the database is what keeps a second server out, so open it before anything else in the directory.
 *
 * @throws AppError `SERVICE_UNAVAILABLE` with what to do about it.
 */
export function openStore(directory: string): SqliteDatabase {
  prepareStateDirectory(directory);
  const path = join(directory, databaseFileName);
  const database = open(directory, path);
  try {
    migrate(database);
  } catch (cause) {
    database.close();
    throw cause instanceof AppError ? cause : cannotOpen(directory, path, cause);
  }
  return database;
}

function open(directory: string, path: string): SqliteDatabase {
  try {
    makePrivate(path);
    return openSqliteDatabase(path);
  } catch (cause) {
    throw cannotOpen(directory, path, cause);
  }
}

/** SQLite would make the file readable for everybody; it gives its log files the rights of the database. */
function makePrivate(path: string): void {
  // Opening and closing the file of an open database would drop the lock that this process holds on it.
  if (existsSync(path)) chmodSync(path, 0o600);
  else closeSync(openSync(path, 'wx', 0o600));
}

function cannotOpen(directory: string, path: string, cause: unknown): AppError {
  return new AppError('SERVICE_UNAVAILABLE', explain(directory, path, cause), { cause });
}

function explain(directory: string, path: string, cause: unknown): string {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  switch (code) {
    case 'SQLITE_BUSY':
      return `another refacet server uses ${directory}; stop it or set REFACET_HOME`;
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `${path} is damaged or no database; put a copy in its place, or set REFACET_HOME to another directory`;
    default:
      return (
        `cannot open ${path}: ${String(message)}; ` +
        'make sure that it can be written and that the disk has room, or set REFACET_HOME to another directory'
      );
  }
}
