import { AppError } from '../../contracts/index.js';
import { readInteger } from './read-column.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { createStoreTablesSql } from './store-tables.js';
import { createTaskTableSql } from './task-table.js';

/** One step of the schema. A step that was released is never edited: the next change is a step of its own. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** Every step from an empty database on, in order. */
export const migrations: readonly Migration[] = [
  { version: 1, sql: createStoreTablesSql + createTaskTableSql },
];

/**
 * Brings a database to the newest schema, each step whole or not at all.
 *
 * @throws AppError `SERVICE_UNAVAILABLE` when a newer refacet wrote the database; nothing was changed.
 */
export function migrate(database: SqliteDatabase, steps: readonly Migration[] = migrations): void {
  const present = schemaVersion(database);
  const newest = Math.max(0, ...steps.map((step) => step.version));
  if (present > newest) {
    throw new AppError(
      'SERVICE_UNAVAILABLE',
      `the database has schema version ${present}, and this refacet knows versions up to ${newest}: ` +
        'use the refacet that wrote it, or set REFACET_HOME to another directory',
    );
  }
  for (const step of steps) {
    if (step.version <= present) continue;
    database.transaction(() => {
      database.execute(step.sql);
      database.execute(`PRAGMA user_version = ${step.version}`);
    });
  }
}

function schemaVersion(database: SqliteDatabase): number {
  const row = database.first('PRAGMA user_version');
  return row === undefined ? 0 : readInteger(row, 'user_version');
}
