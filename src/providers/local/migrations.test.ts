import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';

import { AppError } from '../../contracts/index.js';
import { migrate, migrations, type Migration } from './migrations.js';
import { openSqliteDatabase, type SqliteDatabase } from './sqlite-database.js';

let database: SqliteDatabase;

beforeEach(() => {
  const directory = mkdtempSync(join(tmpdir(), 'refacet-migrations-'));
  database = openSqliteDatabase(join(directory, 'test.db'));
  return () => {
    database.close();
    rmSync(directory, { recursive: true, force: true });
  };
});

const tables = (): unknown[] =>
  database
    .all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .map(({ name }) => name);
const version = (): unknown => database.first('PRAGMA user_version')?.['user_version'];

const one: Migration = { version: 1, sql: 'CREATE TABLE notes (text TEXT) STRICT;' };
const two: Migration = {
  version: 2,
  sql: "ALTER TABLE notes ADD COLUMN author TEXT NOT NULL DEFAULT 'unknown'; CREATE TABLE tags (tag TEXT) STRICT;",
};

it('makes every table of the store from nothing', () => {
  migrate(database);

  expect(tables()).toEqual([
    'executions',
    'images',
    'pending_keys',
    'secrets',
    'settings',
    'stream_tokens',
    'tasks',
    'users',
  ]);
  expect(version()).toBe(migrations.at(-1)?.version);
});

it('numbers its steps from 1 on without a gap', () => {
  expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, index) => index + 1));
});

it('does nothing when the schema is the newest one', () => {
  migrate(database);
  database.run("INSERT INTO settings (name, value) VALUES ('a', x'00')");

  migrate(database);

  expect(database.all('SELECT name FROM settings')).toEqual([{ name: 'a' }]);
});

it('brings an older database forward and keeps its rows', () => {
  migrate(database, [one]);
  database.run("INSERT INTO notes VALUES ('hello')");

  migrate(database, [one, two]);

  expect(database.all('SELECT * FROM notes')).toEqual([{ text: 'hello', author: 'unknown' }]);
  expect(version()).toBe(2);
});

it('undoes a step that fails half way, and keeps those before it', () => {
  const broken = {
    version: 2,
    sql: 'CREATE TABLE tags (tag TEXT) STRICT; CREATE TABLE notes (text TEXT) STRICT;',
  };

  expect(() => migrate(database, [one, broken])).toThrow('already exists');

  expect(tables()).toEqual(['notes']);
  expect(version()).toBe(1);
});

it('refuses a database of a newer version and leaves it alone', () => {
  migrate(database, [one, two]);

  expect(() => migrate(database, [one])).toThrow(
    new AppError(
      'SERVICE_UNAVAILABLE',
      'the database has schema version 2, and this refacet knows versions up to 1: ' +
        'use the refacet that wrote it, or set REFACET_HOME to another directory',
    ),
  );
  expect(version()).toBe(2);
});
