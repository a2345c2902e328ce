import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { findIsolations, openLocalTasks } from '../support/local-tasks.js';
import { supervisorPath } from '../support/supervisor-path.js';

const ctx = {};

describe.runIf((await findIsolations()).includes('bubblewrap'))('a task in a sandbox', () => {
  async function run(command: string, more = {}) {
    const { start, untilEnded, logAggregator, ...rest } = await openLocalTasks('bubblewrap');
    const executionId = await start({ command, ...more });
    const state = await untilEnded(executionId);
    const events = await logAggregator.fetchExecutionLogs(ctx, executionId);
    return { ...rest, executionId, state, lines: events.map(({ message }) => message) };
  }

  it('sees nothing of the state directory but its own files', async () => {
    const { lines, executionId, tasksDirectory } = await run(
      'cd "$HOME/../.." && pwd && ls; cd .. && pwd && ls; cd .. && pwd && ls',
    );

    expect(lines).toEqual([
      join(tasksDirectory, executionId),
      'files',
      tasksDirectory,
      executionId,
      dirname(tasksDirectory),
      'tasks',
    ]);
  });

  it('cannot forge its exit record, its log or its start', async () => {
    const { state, lines, tasksDirectory, executionId } = await run(
      'd="$HOME/../.."; for f in exit.json ending log start.json; do (echo forged > "$d/$f") 2>/dev/null || echo refused; done; exit 6',
    );

    expect(lines).toEqual(['refused', 'refused', 'refused', 'refused']);
    expect(state).toMatchObject({ endedBy: 'exit', exitCode: 6 });
    expect(readFileSync(join(tasksDirectory, executionId, 'log'), 'utf8')).not.toContain('forged');
  });

  it('sees neither the home of the user of the server nor what is in /run', async () => {
    const { lines } = await run(
      `ls -A ${homedir()} /run; ls /run/docker.sock /var/run/docker.sock 2>/dev/null; echo end`,
    );

    expect(lines.filter((line) => line !== '')).toEqual([`${homedir()}:`, '/run:', 'end']);
  });

  it('cannot write outside of its own files and its private /tmp', async () => {
    const outside = mkdtempSync(join(dirname(supervisorPath), 'outside-'));
    onTestFinished(() => rmSync(outside, { recursive: true, force: true }));

    const { lines } = await run(
      `for d in ${outside} /etc /usr ${homedir()} /run / ; do (echo x > "$d/f") 2>/dev/null && echo "wrote $d"; done; ` +
        'for d in . "$HOME" "$TMPDIR" /tmp; do echo x > "$d/f" && echo own; done',
    );

    expect(lines).toEqual(['own', 'own', 'own', 'own']);
    expect(existsSync(join(outside, 'f'))).toBe(false);
  });

  it('sees no other process, and nothing of the environment of others', async () => {
    const { lines } = await run(
      'ls /proc | grep -c "^[0-9]*$"; cat /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n" | cut -d= -f1 | sort -u',
    );

    expect(Number(lines[0])).toBeLessThan(10);
    expect(
      lines
        .slice(1)
        .filter((name) => !['HOME', 'LANG', 'OLDPWD', 'PATH', 'PWD', 'SHLVL', 'TMPDIR', '_'].includes(name)),
    ).toEqual([]);
  });

  it('has no capabilities, even when the server is root', async () => {
    const { lines } = await run(
      'grep -E "^Cap(Eff|Prm|Inh)" /proc/self/status; mount -o remount,rw / 2>/dev/null && echo remounted; umount /run 2>/dev/null && echo uncovered; true',
    );

    expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(/^CapEff:\s+0+$/)]));
    expect(lines).toHaveLength(3);
    expect(lines.every((line) => /^Cap\w+:\s+0+$/.test(line))).toBe(true);
  });

  it('gives its environment to the command, not to the program of the sandbox', async () => {
    const evil = mkdtempSync(join(dirname(supervisorPath), 'evil-'));
    onTestFinished(() => rmSync(evil, { recursive: true, force: true }));
    // A library that does not exist makes the loader complain: whoever complains was given the variable.
    const { lines, state } = await run('echo "$LD_PRELOAD" "$BASH_ENV"', {
      env: { LD_PRELOAD: join(evil, 'missing.so'), BASH_ENV: 'x' },
    });

    expect(state.exitCode).toBe(0);
    expect(lines.filter((line) => line.startsWith('ERROR: ld.so'))).toHaveLength(1);
    expect(lines.at(-1)).toBe(`${join(evil, 'missing.so')} x`);
  });

  it('finds names and reaches this machine over the network', async () => {
    const { lines } = await run(
      'getent hosts localhost | head -n 1; test -r /etc/resolv.conf && echo readable',
    );

    expect(lines[0]).toContain('localhost');
    expect(lines.includes('readable')).toBe(existsSync('/etc/resolv.conf'));
  });

  it('tells the state of another task nothing', async () => {
    const { start, untilEnded, logAggregator, tasksDirectory } = await openLocalTasks('bubblewrap');
    const other = await start({ command: 'echo private > "$HOME/x"; sleep 1000' });

    const executionId = await start({
      command: `cat ${tasksDirectory}/${other}/files/home/x; ls ${tasksDirectory}`,
    });
    await untilEnded(executionId);

    const lines = (await logAggregator.fetchExecutionLogs(ctx, executionId)).map(({ message }) => message);
    expect(lines).not.toContain('private');
    expect(lines).toContain(executionId);
    expect(lines).not.toContain(other);
  });
});

describe('a task without a sandbox', () => {
  it('inherits nothing, and has directories of its own', async () => {
    const { start, untilEnded, logAggregator, tasksDirectory } = await openLocalTasks('none');
    const executionId = await start({
      command: 'env | sort; ls -A; ls -A "$HOME" "$TMPDIR"',
      env: { LANG: 'C', MORE: 'more' },
    });
    await untilEnded(executionId);

    const lines = (await logAggregator.fetchExecutionLogs(ctx, executionId)).map(({ message }) => message);
    const files = join(tasksDirectory, executionId, 'files');
    expect(lines.filter((line) => !/^(PWD|OLDPWD|SHLVL|_)=/.test(line))).toEqual([
      `HOME=${files}/home`,
      'LANG=C',
      'MORE=more',
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      `TMPDIR=${files}/tmp`,
      `${files}/home:`,
      '',
      `${files}/tmp:`,
    ]);
  });

  it('keeps what belongs to it from other users', async () => {
    const { start, untilEnded, logAggregator } = await openLocalTasks('none');
    const executionId = await start({ command: 'stat -c %a "$HOME/.." "$HOME/../.." . "$HOME/../../log"' });
    await untilEnded(executionId);

    const lines = (await logAggregator.fetchExecutionLogs(ctx, executionId)).map(({ message }) => message);
    expect(lines).toEqual(['700', '700', '700', '600']);
  });
});

describe.each(await findIsolations())('the values of a task, isolation %s', (isolation) => {
  it('are in no file and in no argument list while it runs, nor afterwards', async () => {
    const value = 'planted-value-77d1';
    const { start, untilEnded, stateDirectory, taskExecutor } = await openLocalTasks(isolation);
    const executionId = await start({ command: 'sleep 1000', env: { SECRET: value } });

    const argumentLists = allArgumentLists();
    const running = filesWith(value, stateDirectory);
    await taskExecutor.killTask(ctx, executionId);
    await untilEnded(executionId);

    expect(argumentLists).not.toContain(value);
    expect(running).toEqual([]);
    expect(filesWith(value, stateDirectory)).toEqual([]);
  });
});

const allArgumentLists = (): string => execFileSync('ps', ['-eo', 'args=', '-ww']).toString();

function filesWith(text: string, directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'latin1').includes(text));
}
