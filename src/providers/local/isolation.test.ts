import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { probeIsolation } from './isolation.js';
import type { ProbeIsolationOptions } from './isolation.js';

function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'refacet-isolation-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Options with a `bwrap` that does what `script` says; without one there is none. */
function options(mode: ProbeIsolationOptions['mode'], script?: string): ProbeIsolationOptions {
  const path = makeDirectory();
  if (script !== undefined) {
    writeFileSync(join(path, 'bwrap'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(path, 'bwrap'), 0o755);
  }
  return { mode, path, stateDirectory: makeDirectory(), homeDirectory: '/nonexistent', platform: 'linux' };
}

describe('isolation', () => {
  it.each(['auto', 'bubblewrap'] as const)('is a sandbox when bwrap works: %s', async (mode) => {
    const isolation = await probeIsolation(options(mode, 'exit 0'));

    expect(isolation.kind).toBe('bubblewrap');
    expect(isolation.description).toMatch(/^Isolation: .*bubblewrap/);
    expect(isolation.sandboxFor?.('/tasks/a/files').options).toContain('--unshare-pid');
  });

  it('is none when bwrap is installed and does not work, and says what bwrap said', async () => {
    const isolation = await probeIsolation(options('auto', 'echo "bwrap: No permissions" >&2; exit 1'));

    expect(isolation.kind).toBe('none');
    expect(isolation.sandboxFor).toBeUndefined();
    expect(isolation.description).toContain('bubblewrap does not work here (bwrap: No permissions)');
    expect(isolation.description).toContain('can read and change whatever this user can');
  });

  it('is none when bwrap is not installed', async () => {
    expect((await probeIsolation(options('auto'))).description).toContain('bubblewrap is not installed');
  });

  it('is none on macOS', async () => {
    const isolation = await probeIsolation({ ...options('auto', 'exit 0'), platform: 'darwin' });

    expect(isolation.description).toContain('bubblewrap exists for Linux only');
  });

  it('is none when that is asked for, whatever works', async () => {
    expect((await probeIsolation(options('none', 'exit 0'))).kind).toBe('none');
  });

  it.each([undefined, 'exit 1'])('stops the start when it is asked for and does not work', async (script) => {
    await expect(probeIsolation(options('bubblewrap', script))).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringMatching(/^REFACET_ISOLATION is bubblewrap, but bubblewrap /) as string,
    });
  });

  it('stops the start where tasks cannot run', async () => {
    await expect(probeIsolation({ ...options('none'), platform: 'win32' })).rejects.toMatchObject({
      message: 'the local provider runs on Linux and macOS, not on win32',
    });
  });

  it('leaves nothing of its probe behind', async () => {
    const probed = options('auto', 'exit 0');

    await probeIsolation(probed);

    expect(readdirSync(probed.stateDirectory)).toEqual([]);
  });
});
