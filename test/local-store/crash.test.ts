import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';

import { openStore } from '../../src/providers/local/open-store.js';
import { startWriter } from './writer-process.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'refacet-crash-'));
  return () => rmSync(directory, { recursive: true, force: true });
});

it('loses no acknowledged write when the server is killed at any moment', async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < 12; round += 1) {
    const writer = await startWriter(directory, `round${round}`);
    await writer.untilAcknowledged(Math.ceil(Math.random() * 30));
    await sleep(Math.random() * 5);
    acknowledged.push(...(await writer.kill()));
  }

  const database = openStore(directory);
  const statusById = new Map(
    database
      .all('SELECT execution_id, status FROM executions')
      .map((row) => [row['execution_id'], row['status']]),
  );
  const integrity = database.first('PRAGMA integrity_check');
  database.close();

  expect(integrity).toEqual({ integrity_check: 'ok' });
  const created = acknowledged.filter((line) => line.startsWith('created ')).map((line) => line.slice(8));
  const running = acknowledged.filter((line) => line.startsWith('running ')).map((line) => line.slice(8));
  expect(created.length).toBeGreaterThan(12);
  expect(created.filter((id) => !statusById.has(id))).toEqual([]);
  expect(running.filter((id) => statusById.get(id) !== 'RUNNING')).toEqual([]);
}, 60_000);

it('keeps a second server out of the directory, and lets it in once the first one was killed', async () => {
  const writer = await startWriter(directory, 'first');

  expect(() => openStore(directory)).toThrow(`another refacet server uses ${directory}`);
  await expect(startWriter(directory, 'second')).rejects.toThrow('another refacet server uses');

  const acknowledged = await writer.kill();
  const database = openStore(directory);
  const count = database.first('SELECT count(*) AS count FROM executions')?.['count'];
  database.close();
  expect(count).toBeGreaterThanOrEqual(acknowledged.filter((line) => line.startsWith('created ')).length);
});

it('keeps a second server out although this process has tried the same file before', async () => {
  const database = openStore(directory);
  // The lock belongs to the process: closing any other descriptor of the file would drop it.
  expect(() => openStore(directory)).toThrow('another refacet server');

  await expect(startWriter(directory, 'second')).rejects.toThrow('another refacet server uses');

  database.close();
  await (await startWriter(directory, 'third')).kill();
});
