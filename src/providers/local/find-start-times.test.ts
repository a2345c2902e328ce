import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';

import { findStartTimes, parseListing } from './find-start-times.js';
import { findProcessStartTime } from './task-supervisor.js';

describe('start times of processes', () => {
  it('tell a process from none', async () => {
    const find = await findStartTimes([process.pid]);

    expect(find(process.pid)).toBe(findProcessStartTime(process.pid));
    expect(find(process.pid)).toMatch(/./);
    expect(find(2 ** 22 + 1)).toBeUndefined();
  });

  it('take a process that has ended and waits for its parent for none', async () => {
    const child = spawn('true');
    const pid = child.pid ?? 0;

    await new Promise((resolve) => child.once('exit', resolve));

    expect(findProcessStartTime(pid)).toBeUndefined();
  });

  it('are read from a listing as macOS prints it', () => {
    const listing = '    1 Mon Nov 23 20:36:01 2026    \n 4711 Tue Nov 24 08:04:59 2026\n\n';

    expect([...parseListing(listing)]).toEqual([
      [1, 'Mon Nov 23 20:36:01 2026'],
      [4711, 'Tue Nov 24 08:04:59 2026'],
    ]);
  });
});
