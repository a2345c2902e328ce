import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openChangeSignal } from './change-signal.js';
import type { ChangeSignal } from './change-signal.js';

describe('the signal of a change in a directory', () => {
  let directory: string;
  let changes: ChangeSignal;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'refacet-changes-'));
    changes = openChangeSignal(directory);
  });

  afterEach(() => {
    changes.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('comes when something was written', async () => {
    const change = changes.next();

    writeFileSync(join(directory, 'file'), '');

    await expect(change).resolves.toBeUndefined();
  });

  it('comes when the wait is called off', async () => {
    const stop = new AbortController();
    const change = changes.next(stop.signal);

    stop.abort();

    await expect(change).resolves.toBeUndefined();
  });

  it('leaves no listener behind, however often nothing happened', async () => {
    const { signal } = new AbortController();

    for (let turn = 0; turn < 3; turn++) await changes.next(signal);

    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
