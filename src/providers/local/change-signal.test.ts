import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { openChangeSignal } from './change-signal.js';

describe('the signal of a change', () => {
  function open(directory = makeDirectory()) {
    const changes = openChangeSignal(directory);
    onTestFinished(() => changes.close());
    return { changes, directory };
  }

  it('comes when a file is made in the directory, long before anybody would look', async () => {
    const { changes, directory } = open();
    await changes.next();
    const times: number[] = [];

    for (let time = 0; time < 5; time += 1) {
      const began = performance.now();
      setTimeout(() => writeFileSync(join(directory, `file-${time}`), ''), 5);
      await changes.next();
      times.push(performance.now() - began);
    }

    expect(Math.min(...times)).toBeLessThan(200);
  });

  it('comes in time where nothing can be watched', async () => {
    const { changes } = open('/nonexistent/directory');
    const began = performance.now();

    await changes.next();

    expect(performance.now() - began).toBeGreaterThan(200);
  });

  it('does not keep an aborted reader waiting', async () => {
    const { changes } = open();
    const controller = new AbortController();
    const waiting = changes.next(controller.signal);

    controller.abort();

    await waiting;
    await changes.next(controller.signal);
  });
});

function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'refacet-change-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
