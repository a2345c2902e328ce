import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, type TestContext } from 'vitest';

import { AppError, type Execution } from '../../src/contracts/index.js';
import { openStore } from '../../src/providers/local/open-store.js';
import { openValueCipher } from '../../src/providers/local/open-value-cipher.js';
import { createSqliteExecutionRepository } from '../../src/providers/local/sqlite-execution-repository.js';
import { startWriter } from './writer-process.js';
import { mountSmallDisk, type SmallDisk } from './small-disk.js';

let disk: SmallDisk;

beforeEach((context: TestContext) => {
  const mounted = mountSmallDisk();
  if (typeof mounted === 'string') return context.skip(mounted);
  disk = mounted;
  return () => disk.remove();
});

const execution = (executionId: string): Execution => ({
  executionId,
  createdBy: 'ada@example.com',
  ownedBy: ['ada@example.com'],
  command: 'x'.repeat(2000),
  status: 'STARTING',
  startedAt: new Date(0),
  exitCode: 0,
  createdByRequestId: '',
  modifiedByRequestId: '',
});

it('fails a write on a full disk, loses nothing acknowledged, and goes on when there is room again', async () => {
  const directory = join(disk.path, 'state');
  const database = openStore(directory);
  const executions = createSqliteExecutionRepository(database);
  const acknowledged: string[] = [];
  const writeUntilFailure = async (prefix: string, limit = 10_000): Promise<unknown> => {
    for (let count = 0; count < limit; count += 1) {
      try {
        await executions.createExecution({}, execution(`${prefix}${count}`));
        acknowledged.push(`${prefix}${count}`);
      } catch (error) {
        return error;
      }
    }
    return undefined;
  };
  await writeUntilFailure('first', 20);
  disk.fill();

  const failure = await writeUntilFailure('a');
  expect(failure).toMatchObject({ code: 'DATABASE_ERROR', message: 'failed to create execution' });
  expect((failure as AppError).cause).toBeInstanceOf(Error);
  expect(database.all('SELECT execution_id FROM executions')).toHaveLength(acknowledged.length);
  const doubling = (): number =>
    database.transaction(() => database.run('UPDATE executions SET command = command || command'));
  expect(doubling).toThrow();
  expect(database.all('SELECT DISTINCT length(command) AS length FROM executions')).toEqual([
    { length: 2000 },
  ]);

  disk.empty();
  await writeUntilFailure('b');
  expect(acknowledged.filter((id) => id.startsWith('b')).length).toBeGreaterThan(0);

  expect(database.all('SELECT execution_id FROM executions')).toHaveLength(acknowledged.length);
  database.close();
});

it('has everything acknowledged when it is started again on a disk that is still full', async () => {
  const directory = join(disk.path, 'state');
  const writer = await startWriter(directory, 'a');
  await writer.ended;
  const lines = await writer.kill();

  const database = openStore(directory);
  const ids = new Set(database.all('SELECT execution_id FROM executions').map((row) => row['execution_id']));
  const integrity = database.first('PRAGMA integrity_check');
  database.close();

  const created = lines.filter((line) => line.startsWith('created ')).map((line) => line.slice(8));
  expect(created.length).toBeGreaterThan(5);
  expect(created.filter((id) => !ids.has(id))).toEqual([]);
  expect(integrity).toEqual({ integrity_check: 'ok' });
});

it('says so at the start when there is no room', () => {
  disk.fill();

  expect(() => openStore(disk.path)).toThrow(AppError);
  expect(() => openStore(join(disk.path, 'state'))).toThrow(/set REFACET_HOME to another directory$/);
});

it('says so at the start when there is no room for the key file, and makes a whole one later', () => {
  const directory = join(disk.path, 'state');
  const database = openStore(directory);
  disk.fill();

  expect(() => openValueCipher({ database, directory })).toThrow(`cannot write ${directory}/encryption.key`);

  disk.empty();
  const encrypted = openValueCipher({ database, directory }).encrypt('value', { kind: 'secret', key: 'a' });
  const again = openValueCipher({ database, directory });
  expect(again.decrypt(encrypted, { kind: 'secret', key: 'a' })).toBe('value');
  database.close();
});

it('says so at the start when the directory cannot be written', () => {
  mkdirSync(join(disk.path, 'state'), { mode: 0o700 });
  disk.lock();

  expect(() => openStore(join(disk.path, 'state'))).toThrow(/^cannot open .*state\/refacet\.db: .*EROFS/);
  expect(() => openStore(join(disk.path, 'other'))).toThrow(/^cannot use .*other as the state directory: E/);
});
