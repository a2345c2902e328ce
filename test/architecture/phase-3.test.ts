import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goesWithLegacyAndCodemods } from './goes-with-legacy-and-codemods.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

describe('phase 3, rehearsed on a copy', () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'refacet-phase-3-'));
    for (const kept of [
      'src',
      'test',
      'scripts/clean.js',
      'scripts/write-facade-model.js',
      'package.json',
      'tsconfig.json',
      'tsconfig.build.json',
      'vitest.config.ts',
    ]) {
      cpSync(join(root, kept), join(copy, kept), { recursive: true });
    }
    for (const gone of goesWithLegacyAndCodemods) rmSync(join(copy, gone), { recursive: true, force: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });

  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  it('typechecks without legacy and codemods', async () => {
    const outcome = await run(bin('tsc'), ['-p', copy], { cwd: copy }).catch((error: unknown) => error);

    expect(outcome).toMatchObject({ stdout: '' });
  }, 120_000);

  it("passes src's tests without legacy and codemods", async () => {
    const outcome = await run(bin('vitest'), ['run', '--project', 'unit', '--reporter', 'dot'], {
      cwd: copy,
      env: { ...process.env, NO_COLOR: '1' },
      maxBuffer: 64 * 1024 * 1024,
    });

    expect(outcome.stdout).toMatch(/Tests\s+\d+ passed/);
  }, 300_000);

  it('builds and serves with npm start', async () => {
    const server = spawn('npm', ['start'], {
      cwd: copy,
      env: { ...process.env, PORT: '0', REFACET_HOME: join(copy, 'state'), REFACET_ISOLATION: 'none' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(server, 'close');
    try {
      let said = '';
      const address = await new Promise<string>((resolve, reject) => {
        const listen = (text: string): void => {
          said += text;
          const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
          if (found !== undefined) resolve(found);
        };
        server.stdout.setEncoding('utf8').on('data', listen);
        server.stderr.setEncoding('utf8').on('data', listen);
        server.once('close', () => reject(new Error(`the server did not start:\n${said}`)));
      });

      const answer = await fetch(`${address}/api/v1/health`);

      expect(answer.status).toBe(200);
    } finally {
      server.kill('SIGTERM');
      await ended;
    }
  }, 120_000);
});
