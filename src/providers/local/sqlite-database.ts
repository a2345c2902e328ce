import Libsql from 'libsql';

/** What a column holds. Never a boolean: binding one makes libsql end the whole process. */
export type SqlValue = string | number | Uint8Array | null;

/** One row by column name. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** One open SQLite database. Every call is synchronous and throws what SQLite says, untranslated. */
export interface SqliteDatabase {
  /** The connection itself, for code that prepares its own statements; refuses to once the database is closed. */
  readonly connection: Pick<Connection, 'prepare'>;
  /** Runs one statement and returns how many rows it changed. */
  run(sql: string, parameters?: readonly SqlValue[]): number;
  /** Runs one query and returns all of its rows; pages keep them few. A text ends at its first NUL character. */
  all(sql: string, parameters?: readonly SqlValue[]): SqlRow[];
  first(sql: string, parameters?: readonly SqlValue[]): SqlRow | undefined;
  /** Runs several statements without parameters. */
  execute(sql: string): void;
  /** Runs `work` whole or not at all, and passes on what it throws. Does not nest. */
  transaction<T>(work: () => T): T;
  /** Runs one statement whose loss in a power failure nobody would miss: saves the wait for the disk. */
  runRelaxed(sql: string, parameters?: readonly SqlValue[]): number;
  /** Lets go of the file and its lock. Later calls throw; a second `close` does nothing. */
  close(): void;
}

type Connection = Libsql.Database;
type Statement = ReturnType<Connection['prepare']>;

/**
 * Opens a database file for this process alone.
 *
 * @throws what SQLite says: `SQLITE_BUSY` as `code` when another process has it open.
 */
export function openSqliteDatabase(path: string): SqliteDatabase {
  const connection = new Libsql(path);
  try {
    // The lock comes first: nothing of the file is read or changed before it is ours.
    connection.exec('PRAGMA locking_mode = EXCLUSIVE');
    connection.exec('PRAGMA journal_mode = WAL');
    connection.exec('BEGIN EXCLUSIVE; COMMIT');
    connection.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON');
    return createSqliteDatabase(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function createSqliteDatabase(connection: Connection): SqliteDatabase {
  const statements = new Map<string, Statement>();
  let isOpen = true;

  /** Statements are written out in the code, never put together from input, so that there are few of them. */
  function prepare(sql: string): Statement {
    if (!isOpen) throw new Error('the database is closed');
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  function all(sql: string, parameters: readonly SqlValue[] = []): SqlRow[] {
    // `get` would add a `_metadata` member to the row.
    return prepare(sql)
      .all([...parameters])
      .map(toRow);
  }

  function run(sql: string, parameters: readonly SqlValue[] = []): number {
    return prepare(sql).run([...parameters]).changes;
  }

  function execute(sql: string): void {
    if (!isOpen) throw new Error('the database is closed');
    connection.exec(sql);
  }

  return {
    connection,
    run,
    all,
    first: (sql, parameters) => all(sql, parameters)[0],
    execute,

    transaction(work) {
      execute('BEGIN IMMEDIATE');
      try {
        const result = work();
        execute('COMMIT');
        return result;
      } catch (error) {
        // A full disk ends the transaction by itself; rolling back again would hide the reason.
        if (connection.inTransaction) execute('ROLLBACK');
        throw error;
      }
    },

    runRelaxed(sql, parameters) {
      execute('PRAGMA synchronous = NORMAL');
      try {
        return run(sql, parameters);
      } finally {
        execute('PRAGMA synchronous = FULL');
      }
    },

    close() {
      if (!isOpen) return;
      isOpen = false;
      statements.clear();
      try {
        releaseLock(connection);
      } catch {
        // The disk is full or the directory is gone. Every acknowledged write is safe in the log as it is.
      }
      connection.close();
    },
  };
}

/**
 * Closing is not enough: libsql keeps the file open, and locked, until the last statement has been collected as garbage.
 * An exclusive lock on a write-ahead log cannot be given up either, so the log goes first.
 */
function releaseLock(connection: Connection): void {
  connection.exec('PRAGMA journal_mode = DELETE');
  connection.exec('PRAGMA locking_mode = NORMAL');
  connection.prepare('SELECT count(*) FROM sqlite_schema').all([]);
}

function toRow(row: unknown): SqlRow {
  const columns = row as Record<string, string | number | ArrayBuffer | null>;
  return Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [
      name,
      value instanceof ArrayBuffer ? new Uint8Array(value) : value,
    ]),
  );
}
