import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandProject, finder, killer } from './command-project.js';

const command = join(import.meta.dirname, '../../dist/codemods/cli/main.js');

interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

let project: CommandProject;

beforeEach(() => {
  project = new CommandProject({ 'src/kill.ts': killer, 'src/find.ts': finder });
});

afterEach(() => {
  project.remove();
});

/** Runs the command as it is installed. `onError` sees what it says, and may answer or interrupt. */
async function refacet(
  parameters: readonly string[],
  onError: (text: string, process: ReturnType<typeof start>) => void = () => undefined,
): Promise<Ending> {
  const child = start(parameters);
  let out = '';
  let error = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => {
    error += data.toString();
    onError(data.toString(), child);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, error };
}

function start(parameters: readonly string[]) {
  return spawn(process.execPath, [command, ...parameters], { cwd: project.root, stdio: 'pipe' });
}

describe('the command as it is installed', { timeout: 60_000 }, () => {
  it('prints a patch without colours into a pipe', async () => {
    const { code, out } = await refacet(['migrate']);

    expect(code).toBe(0);
    expect(out).toContain('+  await taskExecutor.killTask');
    expect(out).not.toContain('\u001B');
  });

  it('ends at once with 130 when it is interrupted, and has written nothing', async () => {
    const { code } = await refacet(['migrate', '--interactive'], (text, child) => {
      if (text.includes('migrate it?')) child.kill('SIGINT');
    });

    expect(code).toBe(130);
    expect(project.read('src/kill.ts')).toBe(killer);
    expect(project.read('src/find.ts')).toBe(finder);
    expect(existsSync(join(project.root, '.refacet-migrate'))).toBe(false);
  });

  it('takes answers from its input, and their end for a no to everything', async () => {
    const one = await refacet(['migrate', '--interactive'], (text, child) => {
      if (text.includes('Group 1 of 2')) child.stdin.write('n\n');
      if (text.includes('Group 1 of 1')) child.stdin.write('y\n');
    });
    expect(one.code).toBe(0);
    expect(project.read('src/find.ts')).toBe(finder);
    expect(project.read('src/kill.ts')).toContain('taskExecutor.killTask');

    const other = await refacet(['migrate', '--interactive', '--allow-dirty'], (text, child) => {
      if (text.includes('migrate it?')) child.stdin.end();
    });
    expect(other.error).toContain('Nothing was written.');
    expect(project.read('src/find.ts')).toBe(finder);
  });

  it('does not mind that nobody reads to the end', async () => {
    const child = start(['migrate', '--report', 'html']);
    child.stdout.destroy();
    let error = '';
    child.stderr.on('data', (data: Buffer) => (error += data.toString()));

    await new Promise((resolve) => child.on('close', resolve));

    expect(error).toBe('');
  });
});
