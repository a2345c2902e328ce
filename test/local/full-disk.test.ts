import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { expectAppError } from '../contract/expect-app-error.js';
import { imageId, openLocalTasks } from '../support/local-tasks.js';
import { supervisorPath } from '../support/supervisor-path.js';
import { until } from '../support/until.js';

const ctx = {};

/** Mounting needs root; so do few of those who run the tests. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryToMount();
if (!canMount) console.warn('Tests on a full disk are left out: they mount one, which this user may not.');

function tryToMount(): boolean {
  const directory = makeDirectory();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory], { stdio: 'ignore' });
    execFileSync('umount', [directory]);
    rmdirSync(directory);
    return true;
  } catch {
    return false;
  }
}

function makeDirectory(): string {
  mkdirSync(dirname(supervisorPath), { recursive: true });
  return mkdtempSync(join(dirname(supervisorPath), 'disk-'));
}

describe.runIf(canMount)('a disk that is full', () => {
  /** The database stays on a disk with room: it is the tasks' files that fill theirs. */
  async function openOnSmallDisk(size: string) {
    const disk = makeDirectory();
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk]);
    onTestFinished(() => {
      execFileSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true });
    });
    // The tasks end first: what is registered last is done first.
    return openLocalTasks('none', { tasksDirectory: disk });
  }

  it('costs lines, says how many, and neither the task nor how it ended', async () => {
    const { start, untilEnded, logAggregator } = await openOnSmallDisk('256k');
    const executionId = await start({ command: 'seq 1 100000; exit 5' });

    expect(await untilEnded(executionId)).toMatchObject({ endedBy: 'exit', exitCode: 5 });

    const events = await logAggregator.fetchExecutionLogs(ctx, executionId);
    const kept = events.slice(0, -1);
    expect(kept.map(({ message }) => message)).toEqual(kept.map((_, index) => String(index + 1)));
    expect(kept.length).toBeGreaterThan(1000);
    expect(events.at(-1)?.message).toMatch(
      new RegExp(`^refacet: ${100_000 - kept.length} lines of output were not kept: ENOSPC`),
    );
  });

  it('says in its place what is missing once there is room again', async () => {
    const { startControlled, untilEnded, logAggregator, tasksDirectory } = await openOnSmallDisk('2m');
    const { executionId, tell } = await startControlled();
    const messages = async (): Promise<string[]> =>
      (await logAggregator.fetchExecutionLogs(ctx, executionId)).map(({ message }) => message);
    tell('head -c 2000000 /dev/zero > "$TMPDIR/ballast"; seq 1 20000');
    // What is torn off a line may leave a page free.
    await until(
      () => statfsSync(tasksDirectory).bavail,
      (freePages) => freePages <= 1,
    );

    tell('rm "$TMPDIR/ballast"; echo after; exit 0');
    await untilEnded(executionId);

    const shown = await messages();
    const gap = shown.findIndex((message) => message.startsWith('refacet: '));
    const lost = Number(/^refacet: (\d+) lines of output were not kept: ENOSPC/.exec(shown[gap] ?? '')?.[1]);
    const kept = [...shown.slice(0, gap), ...shown.slice(gap + 1, -1)];
    expect(shown.at(-1)).toBe('after');
    expect(lost).toBeGreaterThan(0);
    expect(kept.map(Number)).toEqual([
      ...Array.from({ length: gap }, (_, index) => index + 1),
      ...Array.from({ length: 20_000 - gap - lost }, (_, index) => gap + lost + index + 1),
    ]);
  });

  it('does not keep a task from being killed', async () => {
    const { start, untilEnded, taskExecutor, tasksDirectory } = await openOnSmallDisk('256k');
    const executionId = await start({ command: 'sleep 1007.1' });
    fill(tasksDirectory);

    await taskExecutor.killTask(ctx, executionId);

    expect(await untilEnded(executionId)).toMatchObject({ endedBy: 'kill', exitCode: 130 });
  });

  it('refuses to start a task, and leaves no trace of it', async () => {
    const { taskExecutor, tasksDirectory, table } = await openOnSmallDisk('64k');
    fill(tasksDirectory);

    await expectAppError(
      taskExecutor.startTask(ctx, 'ada@example.com', { imageId, command: 'true' }),
      'INTERNAL_ERROR',
      'failed to start task',
    );

    await until(
      () => table.listTasks({ after: '', limit: 10 }),
      (tasks) => tasks.length === 0,
    );
  });
});

function fill(directory: string): void {
  for (let size = 64 * 1024; size >= 1; size = Math.floor(size / 2)) {
    for (let file = 0; ; file += 1) {
      try {
        writeFileSync(join(directory, 'changes', `ballast-${size}-${file}`), 'x'.repeat(size));
      } catch {
        break;
      }
      if (file > 100) break;
    }
  }
}
