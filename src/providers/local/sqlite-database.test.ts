import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';

import { openSqliteDatabase, type SqliteDatabase } from './sqlite-database.js';

let database: SqliteDatabase;

beforeEach(() => {
  const directory = mkdtempSync(join(tmpdir(), 'refacet-database-'));
  database = openSqliteDatabase(join(directory, 'test.db'));
  database.execute('CREATE TABLE items (id INTEGER PRIMARY KEY, value ANY) STRICT');
  return () => {
    database.close();
    rmSync(directory, { recursive: true, force: true });
  };
});

const insert = (id: number, value: string | number | Uint8Array | null = null): number =>
  database.run('INSERT INTO items VALUES (?, ?)', [id, value]);

it('gives back values as they were, and no other members', () => {
  const values = ['a', 'ünï 😀', '', 1.5, -(2 ** 53) + 1, 2 ** 53 - 1, Uint8Array.of(0, 1, 255), null];
  values.forEach((value, id) => insert(id, value));

  expect(database.all('SELECT id, value FROM items ORDER BY id')).toEqual(
    values.map((value, id) => ({ id, value })),
  );
  expect(database.first('SELECT id, value FROM items ORDER BY id')).toEqual({ id: 0, value: 'a' });
});

it('gives every row of a result of several hundred', () => {
  database.transaction(() => {
    for (let id = 0; id < 300; id += 1) insert(id);
  });

  for (const count of [0, 1, 99, 100, 101, 200, 300]) {
    const rows = database.all('SELECT id FROM items ORDER BY id LIMIT ?', [count]);
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, id) => id));
  }
});

it('counts the rows that a statement changed', () => {
  expect(insert(1)).toBe(1);
  expect(insert(2)).toBe(1);
  expect(database.run('UPDATE items SET value = 1')).toBe(2);
  expect(database.run('UPDATE items SET value = 1 WHERE id = 9')).toBe(0);
});

it('undoes a transaction that fails half way, and passes on why', () => {
  const failing = (): void =>
    database.transaction(() => {
      insert(1);
      throw new Error('half way');
    });

  expect(failing).toThrow('half way');
  expect(database.all('SELECT * FROM items')).toEqual([]);
  expect(database.transaction(() => insert(1))).toBe(1);
});

it('goes on after a statement that failed', () => {
  insert(1);

  expect(() => insert(1)).toThrow('UNIQUE');
  expect(() => database.transaction(() => insert(1))).toThrow('UNIQUE');

  expect(insert(2)).toBe(1);
  expect(database.all('SELECT id FROM items')).toEqual([{ id: 1 }, { id: 2 }]);
});

it('closes twice without an error, and refuses everything afterwards', () => {
  database.close();
  database.close();

  expect(() => insert(1)).toThrow('the database is closed');
  expect(() => database.all('SELECT 1')).toThrow('the database is closed');
  expect(() => database.execute('SELECT 1')).toThrow('the database is closed');
});
