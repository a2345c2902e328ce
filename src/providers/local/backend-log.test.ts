import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { openBackendLog } from './backend-log.js';
import { createLocalBackendObservability } from './local-backend-observability.js';

function makeDirectory(): string {
  const directory = join(mkdtempSync(join(tmpdir(), 'refacet-backend-')), 'logs');
  onTestFinished(() => rmSync(join(directory, '..'), { recursive: true, force: true }));
  return directory;
}

const line = (requestId: string, time: number | string, more = {}): string =>
  `${JSON.stringify({ level: 30, time, requestId, msg: 'said', ...more })}\n`;

describe('the log of the server', () => {
  it('is for its owner alone', () => {
    const directory = makeDirectory();

    openBackendLog(directory).close();

    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, 'backend.log')).mode & 0o777).toBe(0o600);
  });

  it('is kept across openings', () => {
    const directory = makeDirectory();
    for (const text of ['one\n', 'two\n']) {
      const log = openBackendLog(directory);
      log.write(text);
      log.close();
    }

    expect(readFileSync(join(directory, 'backend.log'), 'utf8')).toBe('one\ntwo\n');
  });

  it('begins a new file when one is full, and keeps only so many', () => {
    const directory = makeDirectory();
    const log = openBackendLog(directory, { fileBytes: 10, files: 3 });

    for (let number = 1; number <= 9; number += 1) log.write(`line${number}\n`);
    log.close();

    expect(readdirSync(directory).sort()).toEqual(['backend.log', 'backend.log.1', 'backend.log.2']);
    expect(readFileSync(join(directory, 'backend.log'), 'utf8')).toBe('line9\n');
    expect(readFileSync(join(directory, 'backend.log.2'), 'utf8')).toBe('line7\n');
  });

  it('does not throw when it can no longer be written', () => {
    const log = openBackendLog(makeDirectory());
    log.close();

    expect(() => log.write('too late\n')).not.toThrow();
  });

  it('is searched through all its files, from the oldest on', async () => {
    const directory = makeDirectory();
    const log = openBackendLog(directory, { fileBytes: 200 });
    for (let time = 1; time <= 12; time += 1) log.write(line(time % 2 === 0 ? 'even' : 'odd', time));
    log.close();

    const events = await createLocalBackendObservability({ directory }).fetchBackendLogs({}, 'even');

    expect(events.map(({ timestamp }) => timestamp)).toEqual([2, 4, 6, 8, 10, 12]);
  });

  it('is searched past torn and foreign lines, and understands other clocks', async () => {
    const directory = makeDirectory();
    const log = openBackendLog(directory);
    log.write('{"requestId":"r1","torn');
    log.write('\n"r1"\nr1\n');
    log.write(line('r1', '2026-01-01T00:00:00.500Z'));
    log.write(line('r1', 'never'));
    log.close();

    const events = await createLocalBackendObservability({ directory }).fetchBackendLogs({}, 'r1');

    expect(events.map(({ timestamp }) => timestamp)).toEqual([Date.UTC(2026, 0, 1) + 500, 0]);
  });

  it('has nothing to find before it was begun, and says when it cannot be searched', async () => {
    const directory = makeDirectory();
    const observability = createLocalBackendObservability({ directory });
    expect(await observability.fetchBackendLogs({}, 'r1')).toEqual([]);

    writeFileSync(directory, 'not a directory');

    await expect(observability.fetchBackendLogs({}, 'r1')).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
  });
});
