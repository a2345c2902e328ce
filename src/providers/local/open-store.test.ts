import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

import { AppError } from '../../contracts/index.js';
import { openStore } from './open-store.js';
import type { SqliteDatabase } from './sqlite-database.js';

let directory: string;
let opened: SqliteDatabase[];

beforeEach(() => {
  const parent = mkdtempSync(join(tmpdir(), 'refacet-store-'));
  directory = join(parent, 'state');
  opened = [];
  return () => {
    for (const database of opened) database.close();
    rmSync(parent, { recursive: true, force: true });
  };
});

function open(): SqliteDatabase {
  const database = openStore(directory);
  opened.push(database);
  return database;
}

function refusal(): AppError {
  try {
    open();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the store was to refuse to open');
}

const modeOf = (...path: string[]): number => statSync(join(directory, ...path)).mode & 0o777;

describe('openStore', () => {
  it('makes a directory and files that only their owner can read', () => {
    const database = open();

    database.run("INSERT INTO settings (name, value) VALUES ('a', x'00')");

    expect(modeOf()).toBe(0o700);
    expect(modeOf('refacet.db')).toBe(0o600);
    expect(modeOf('refacet.db-wal')).toBe(0o600);
  });

  it('takes access from others that was given in the meantime', () => {
    open().close();
    chmodSync(directory, 0o755);
    chmodSync(join(directory, 'refacet.db'), 0o644);

    open();

    expect(modeOf()).toBe(0o700);
    expect(modeOf('refacet.db')).toBe(0o600);
  });

  it('closes an empty directory to others', () => {
    mkdirSync(directory, { mode: 0o755 });

    open();

    expect(modeOf()).toBe(0o700);
  });

  it("leaves a directory alone that holds others' files and is open to them", () => {
    mkdirSync(directory, { mode: 0o755 });
    writeFileSync(join(directory, 'letter.txt'), 'dear');

    expect(refusal().message).toContain('set REFACET_HOME to a new directory');
    expect(modeOf()).toBe(0o755);
    expect(existsSync(join(directory, 'refacet.db'))).toBe(false);
  });

  it('waits for the disk before it acknowledges a write', () => {
    const database = open();

    expect(database.first('PRAGMA synchronous')).toEqual({ synchronous: 2 });
    expect(database.first('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    database.runRelaxed("INSERT INTO settings (name, value) VALUES ('a', x'00')");
    expect(database.first('PRAGMA synchronous')).toEqual({ synchronous: 2 });
  });

  it('refuses a directory that another server uses, and says what to do', () => {
    open();

    const { code, message } = refusal();

    expect(code).toBe('SERVICE_UNAVAILABLE');
    expect(message).toBe(`another refacet server uses ${directory}; stop it or set REFACET_HOME`);
  });

  it('can be opened again as soon as it is closed, although its statements are still known', () => {
    const database = open();
    const statement = database.connection.prepare('SELECT * FROM settings');
    statement.all();
    database.all('SELECT * FROM users');
    database.close();

    const again = open();

    expect(again.all('SELECT * FROM users')).toEqual([]);
    expect(() => database.all('SELECT * FROM users')).toThrow('closed');
    expect(() => database.connection.prepare('SELECT 1')).toThrow();
  });

  it('keeps what was written when it is opened again', () => {
    const database = open();
    database.run("INSERT INTO settings (name, value) VALUES ('a', x'01ff')");
    database.close();

    expect(open().all('SELECT * FROM settings')).toEqual([{ name: 'a', value: Uint8Array.of(1, 255) }]);
  });

  it('closes although its directory is gone', () => {
    const database = open();
    rmSync(directory, { recursive: true });

    expect(() => database.close()).not.toThrow();
  });

  it('says so when a file stands in the place of the directory', () => {
    writeFileSync(directory, '');

    expect(refusal().message).toContain(`cannot use ${directory} as the state directory`);
  });

  it('says so when a directory stands in the place of the database', () => {
    mkdirSync(join(directory, 'refacet.db'), { recursive: true, mode: 0o700 });

    expect(refusal().message).toContain(`cannot open ${join(directory, 'refacet.db')}`);
  });

  it('does not touch a file that is no database', () => {
    mkdirSync(directory, { mode: 0o700 });
    writeFileSync(join(directory, 'refacet.db'), 'dear diary\n'.repeat(500));

    expect(refusal().message).toContain('is damaged or no database');
    expect(statSync(join(directory, 'refacet.db')).size).toBe(5500);
  });
});
