import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { TaskState } from '../../src/contracts/index.js';
import { createLocalTaskObserver } from '../../src/providers/local/local-task-observer.js';
import { makeTaskDirectory, openTaskDirectory } from '../../src/providers/local/task-directory.js';
import { findProcessStartTime } from '../../src/providers/local/task-supervisor.js';
import { findProcesses } from '../support/find-processes.js';
import { findIsolations, imageId, openLocalTasks } from '../support/local-tasks.js';
import { supervisorPath } from '../support/supervisor-path.js';
import { until } from '../support/until.js';

const ctx = {};
const executionId = '0123456789abcdef0123456789abcdef';

type LocalTasks = Awaited<ReturnType<typeof openLocalTasks>>;

/** A row as a server leaves it that ends right behind writing it. */
function recordTask({ table }: LocalTasks, more = {}): void {
  table.insertTask({
    executionId,
    userEmail: 'ada@example.com',
    imageId,
    command: 'sleep 1005.1',
    createdAt: new Date(),
    phase: 'starting',
    ...more,
  });
}

function supervisorOf({ table }: LocalTasks, id: string): number {
  return table.findTask(id)?.supervisor?.pid ?? 0;
}

async function untilRunning({ taskObserver }: LocalTasks, id: string): Promise<void> {
  await until(
    async () => (await taskObserver.describeTasks(ctx, [id])).get(id)?.phase,
    (phase) => phase === 'running',
  );
}

async function lastLineOf({ logAggregator }: LocalTasks, id: string): Promise<string | undefined> {
  return (await logAggregator.fetchExecutionLogs(ctx, id)).at(-1)?.message;
}

describe.each(await findIsolations())('a task whose supervisor vanishes, isolation %s', (isolation) => {
  it('is lost, and its command does not run on', async () => {
    const tasks = await openLocalTasks(isolation);
    const id = await tasks.start({ command: 'trap "" TERM; echo begun; sleep 1005.2 & sleep 1005.3' });
    await until(
      () => findProcesses(/^sleep 1005\.[23]/),
      (found) => found.length === 2,
    );

    process.kill(supervisorOf(tasks, id), 'SIGKILL');

    const state = await tasks.untilEnded(id);
    expect(state).toMatchObject({ endedBy: 'lost', exitCode: undefined });
    expect(state.startedAt).toBeInstanceOf(Date);
    expect(await lastLineOf(tasks, id)).toBe(
      'refacet: lost: the machine went down, or the supervisor of the task was killed',
    );
    await until(
      () => findProcesses(/^sleep 1005\.[23]/),
      (left) => left.length === 0,
    );
  });

  it('is noticed by whoever watches', async () => {
    const tasks = await openLocalTasks(isolation);
    const controller = new AbortController();
    const states: TaskState[] = [];
    const watching = (async () => {
      for await (const state of tasks.taskObserver.watchTasks({ signal: controller.signal }))
        states.push(state);
    })();
    const id = await tasks.start({ command: 'sleep 1005.4' });
    await until(
      () => states,
      (seen) => seen.some(({ phase }) => phase === 'running'),
    );

    process.kill(supervisorOf(tasks, id), 'SIGKILL');

    await until(
      () => states.at(-1),
      (state) => state?.phase === 'ended',
    );
    controller.abort();
    await watching;
    expect(states.map(({ phase, endedBy }) => endedBy ?? phase)).toEqual(['running', 'lost']);
  });

  it('ends the log of those who follow it', async () => {
    const tasks = await openLocalTasks(isolation);
    const id = await tasks.start({ command: 'echo begun; sleep 1005.5' });
    const messages: string[] = [];

    for await (const { message } of tasks.logAggregator.readExecutionLogs(ctx, id, { follow: true })) {
      if (messages.push(message) === 1) process.kill(supervisorOf(tasks, id), 'SIGKILL');
    }

    expect(messages).toEqual(['begun', expect.stringMatching(/^refacet: lost/)]);
  });

  it('ends by its timeout when it still runs behind its deadline', async () => {
    const tasks = await openLocalTasks(isolation);
    const id = await tasks.start({ command: 'sleep 1005.6', timeout: 600 });
    await untilRunning(tasks, id);
    const later = createLocalTaskObserver({
      database: tasks.database.connection,
      tasksDirectory: tasks.tasksDirectory,
      now: () => new Date(Date.now() + 601_000),
    });

    process.kill(supervisorOf(tasks, id), 'SIGKILL');
    await until(
      () => findProcessStartTime(supervisorOf(tasks, id)),
      (startTime) => startTime === undefined,
    );

    expect((await later.describeTasks(ctx, [id])).get(id)).toMatchObject({
      endedBy: 'timeout',
      exitCode: 124,
    });
    await until(
      () => findProcesses(/^sleep 1005\.6/),
      (left) => left.length === 0,
    );
  });

  it('ends at its deadline when its supervisor hangs', async () => {
    const tasks = await openLocalTasks(isolation);
    const id = await tasks.start({ command: 'sleep 1005.7', timeout: 600 });
    await untilRunning(tasks, id);
    process.kill(supervisorOf(tasks, id), 'SIGSTOP');
    const later = createLocalTaskObserver({
      database: tasks.database.connection,
      tasksDirectory: tasks.tasksDirectory,
      now: () => new Date(Date.now() + 1_000_000),
    });

    expect((await later.describeTasks(ctx, [id])).get(id)).toMatchObject({
      endedBy: 'timeout',
      exitCode: 124,
    });
  });

  it('was killed when that had been ordered', async () => {
    const tasks = await openLocalTasks(isolation);
    const id = await tasks.start({ command: 'trap "" TERM; while :; do sleep 0.05; done' });
    await tasks.taskExecutor.killTask(ctx, id);

    process.kill(supervisorOf(tasks, id), 'SIGKILL');

    expect(await tasks.untilEnded(id)).toMatchObject({ endedBy: 'kill', exitCode: 130 });
  });

  it('is told to stop by the machine', async () => {
    const tasks = await openLocalTasks(isolation);
    const id = await tasks.start({ command: 'sleep 1005.8' });

    process.kill(supervisorOf(tasks, id), 'SIGTERM');

    expect(await tasks.untilEnded(id)).toMatchObject({ endedBy: 'lost' });
    expect(await lastLineOf(tasks, id)).toBe('refacet: lost: its supervisor was told to stop by the machine');
    expect(findProcesses(/^sleep 1005\.8/)).toEqual([]);
  });

  it('is told of a kill again, whose signal got lost', async () => {
    const tasks = await openLocalTasks(isolation);
    const id = await tasks.start({ command: 'sleep 1005.9' });
    symlinkSync('kill', openTaskDirectory(tasks.tasksDirectory, id).pathOf('ending'));

    expect(await tasks.untilEnded(id)).toMatchObject({ endedBy: 'kill', exitCode: 130 });
  });
});

describe('a server that ended in the middle of a start', () => {
  it('left a row and no process: the task could not be started', async () => {
    const tasks = await openLocalTasks('none');
    recordTask(tasks);

    const state = (await tasks.taskObserver.describeTasks(ctx, [executionId])).get(executionId);

    expect(state).toMatchObject({ phase: 'ended', endedBy: 'failed-to-start', startedAt: undefined });
  });

  it('left a directory and no process: the log says why nothing was run', async () => {
    const tasks = await openLocalTasks('none');
    recordTask(tasks);
    makeTaskDirectory(openTaskDirectory(tasks.tasksDirectory, executionId));

    expect(await tasks.untilEnded(executionId)).toMatchObject({ endedBy: 'failed-to-start' });

    expect(await lastLineOf(tasks, executionId)).toMatch(/^refacet: could not start: /);
  });

  it('left a supervisor that comes too late: it runs nothing', async () => {
    const tasks = await openLocalTasks('none');
    recordTask(tasks);
    const directory = openTaskDirectory(tasks.tasksDirectory, executionId);
    makeTaskDirectory(directory);
    await tasks.untilEnded(executionId);

    const ending = await supervise(directory.path, { ...instruction, command: 'echo ran' });

    expect(ending).toBe(0);
    expect(readdirSync(directory.path)).not.toContain('start.json');
    expect(findProcesses(/^sleep 1005\.1/)).toEqual([]);
  });

  it('left a supervisor without anything to do: it says so and ends', async () => {
    const tasks = await openLocalTasks('none');
    recordTask(tasks);
    const directory = openTaskDirectory(tasks.tasksDirectory, executionId);
    makeTaskDirectory(directory);

    await supervise(directory.path, JSON.stringify(instruction).slice(0, 40));

    expect(await tasks.untilEnded(executionId)).toMatchObject({ endedBy: 'failed-to-start' });
    expect(await lastLineOf(tasks, executionId)).toBe(
      'refacet: could not start: the server stopped before it had handed the task over',
    );
  });

  it('left a task that runs, of which the table knows no process: it is found by its claim', async () => {
    const tasks = await openLocalTasks('none');
    recordTask(tasks);
    const directory = openTaskDirectory(tasks.tasksDirectory, executionId);
    makeTaskDirectory(directory);
    await makePipes(directory.pathOf('stdout'), directory.pathOf('stderr'));
    const ended = supervise(directory.path, { ...instruction, command: 'sleep 1005.1' });
    await until(directory.findClaim, (claim) => claim !== undefined);

    await untilRunning(tasks, executionId);
    await tasks.taskExecutor.killTask(ctx, executionId);

    expect(await tasks.untilEnded(executionId)).toMatchObject({ endedBy: 'kill' });
    await ended;
  });
});

describe('a server that comes back', () => {
  it('tells of the tasks that ended while it was away', async () => {
    const tasks = await openLocalTasks('none');
    const id = await tasks.start({ command: 'exit 9' });
    await until(
      () => existsSync(openTaskDirectory(tasks.tasksDirectory, id).pathOf('exit')),
      (hasEnded) => hasEnded,
    );
    const controller = new AbortController();

    for await (const state of tasks.taskObserver.watchTasks({ signal: controller.signal })) {
      if (state.phase !== 'ended') continue;
      expect(state).toMatchObject({ executionId: id, exitCode: 9 });
      controller.abort();
    }

    await until(
      () => readdirSync(join(tasks.tasksDirectory, 'changes')),
      (left) => left.length === 0,
    );
  });

  it('does not take another process for a supervisor, or for a command, and does not touch it', async () => {
    const tasks = await openLocalTasks('none');
    recordTask(tasks);
    const directory = openTaskDirectory(tasks.tasksDirectory, executionId);
    makeTaskDirectory(directory);
    const stranger = spawn('sleep', ['1006.1'], { detached: true });
    const pid = stranger.pid ?? 0;
    const startTime = 'an-earlier-boot/1';
    tasks.table.recordSupervisor(executionId, { pid, startTime });
    symlinkSync(`${pid}:${startTime}`, directory.pathOf('claim'));
    writeFileSync(
      directory.pathOf('start'),
      JSON.stringify({ startedAt: Date.now(), pid, startTime, sandbox: { pid, startTime } }),
    );

    expect(await tasks.untilEnded(executionId)).toMatchObject({ endedBy: 'lost' });

    expect(findProcessStartTime(pid)).toBeDefined();
    stranger.kill('SIGKILL');
  });

  it('reads a log whose last line was torn', async () => {
    const tasks = await openLocalTasks('none');
    const id = await tasks.start({ command: 'echo whole; sleep 1006.2' });
    await until(
      () => tasks.logAggregator.fetchExecutionLogs(ctx, id),
      (events) => events.length === 1,
    );
    process.kill(supervisorOf(tasks, id), 'SIGKILL');
    await tasks.untilEnded(id);
    appendFileSync(openTaskDirectory(tasks.tasksDirectory, id).pathOf('log'), `${Date.now()} o to`);

    const events = await tasks.logAggregator.fetchExecutionLogs(ctx, id);

    expect(events.map(({ message, position }) => [message.slice(0, 13), position])).toEqual([
      ['whole', '1'],
      ['refacet: lost', '2'],
    ]);
  });
});

const instruction = {
  executionId,
  command: 'sleep 1005.1',
  environment: { PATH: '/usr/bin:/bin' },
  killGraceMs: 1000,
  logCapBytes: 1024 ** 2,
};

/** Starts a supervisor by hand and resolves to its exit code. */
function supervise(directory: string, told: unknown): Promise<number | null> {
  const supervisor = spawn(process.execPath, [supervisorPath, directory], {
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  supervisor.stdin.end(typeof told === 'string' ? told : JSON.stringify(told));
  return new Promise((resolve) => supervisor.once('exit', resolve));
}

function makePipes(...paths: string[]): Promise<unknown> {
  return new Promise((resolve) => spawn('mkfifo', paths).once('exit', resolve));
}
