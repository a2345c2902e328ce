import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { TaskState } from '../../src/contracts/index.js';
import { findIsolations, openLocalTasks } from '../support/local-tasks.js';
import { findProcesses } from '../support/find-processes.js';
import { until } from '../support/until.js';

const ctx = {};

describe.each(await findIsolations())('how a task ends, isolation %s', (isolation) => {
  async function run(
    command: string,
    more = {},
  ): Promise<{ state: TaskState; lastLine: string | undefined }> {
    const { start, untilEnded, logAggregator } = await openLocalTasks(isolation);
    const executionId = await start({ command, ...more });
    const state = await untilEnded(executionId);
    const events = await logAggregator.fetchExecutionLogs(ctx, executionId);
    return { state, lastLine: events.at(-1)?.message };
  }

  it.each([
    ['true', 0],
    ['exit 1', 1],
    ['exit 124', 124],
    ['exit 255', 255],
    ['no-such-command', 127],
  ])('by itself: %s', async (command, exitCode) => {
    const { state, lastLine } = await run(command);

    expect(state).toMatchObject({ phase: 'ended', endedBy: 'exit', exitCode });
    expect(state.startedAt).toBeInstanceOf(Date);
    expect(lastLine ?? '').not.toMatch(/^refacet:/);
  });

  it.each([
    ['KILL', 137],
    ['TERM', 143],
    ['SEGV', 139],
  ])('by a signal: %s', async (signal, exitCode) => {
    const { state, lastLine } = await run(`kill -${signal} $$; sleep 1000`);

    expect(state).toMatchObject({ endedBy: 'signal', exitCode });
    expect(lastLine).toMatch(new RegExp(`^refacet: .*\\b(${exitCode}|SIG${signal})\\b`));
  });

  it('by its timeout, whole seconds after it was accepted', async () => {
    const { start, untilEnded, table } = await openLocalTasks(isolation);
    const executionId = await start({ command: 'sleep 1000', timeout: 1 });

    const state = await untilEnded(executionId);

    expect(state).toMatchObject({ endedBy: 'timeout', exitCode: 124 });
    const took = (state.endedAt?.getTime() ?? 0) - (table.findTask(executionId)?.createdAt.getTime() ?? 0);
    expect(took).toBeGreaterThanOrEqual(1000);
    expect(took).toBeLessThan(3000);
  });

  it('by its timeout, and its log says so last', async () => {
    const { lastLine } = await run('echo begun; sleep 1000', { timeout: 1 });

    expect(lastLine).toBe('refacet: ended by its timeout of 1 s');
  });

  it('by a kill, whatever the command makes of it, and may clean up first', async () => {
    const { start, untilEnded, taskExecutor, logAggregator } = await openLocalTasks(isolation);
    const executionId = await start({
      command: 'trap "echo cleaned; exit 0" TERM; echo ready; while :; do sleep 0.05; done',
    });
    await until(
      () => logAggregator.fetchExecutionLogs(ctx, executionId),
      (events) => events.length > 0,
    );

    await taskExecutor.killTask(ctx, executionId);

    expect(await untilEnded(executionId)).toMatchObject({ endedBy: 'kill', exitCode: 130 });
    const events = await logAggregator.fetchExecutionLogs(ctx, executionId);
    expect(events.map(({ message }) => message).filter((message) => message !== 'Terminated')).toEqual([
      'ready',
      'cleaned',
      'refacet: killed on request',
    ]);
  });

  it('by force once the grace is over, with all that it started', async () => {
    const { start, untilEnded, taskExecutor, logAggregator } = await openLocalTasks(isolation, {
      settings: { killGraceMs: 300 },
    });
    const executionId = await start({
      command: 'trap "" TERM; (sleep 1003.1 & sleep 1003.2) & echo ready; while :; do sleep 0.05; done',
    });
    await until(
      () => logAggregator.fetchExecutionLogs(ctx, executionId),
      (events) => events.length > 0,
    );

    await taskExecutor.killTask(ctx, executionId);

    expect(await untilEnded(executionId)).toMatchObject({ endedBy: 'kill', exitCode: 130 });
    const events = await logAggregator.fetchExecutionLogs(ctx, executionId);
    expect(events.at(-1)?.message).toBe('refacet: killed on request, by force after 0.3 s of grace');
    await until(
      () => findProcesses(/^sleep 1003\./),
      (left) => left.length === 0,
    );
  });

  it('leaves the grace to the children of a shell that ends at once', async () => {
    const { start, untilEnded, taskExecutor, logAggregator } = await openLocalTasks(isolation);
    const executionId = await start({
      command: `sh -c 'trap "sleep 0.3; echo cleaned; exit" TERM; echo ready; while :; do sleep 0.05; done'; echo never`,
    });
    await until(
      () => logAggregator.fetchExecutionLogs(ctx, executionId),
      (events) => events.length > 0,
    );

    await taskExecutor.killTask(ctx, executionId);
    await untilEnded(executionId);

    const messages = (await logAggregator.fetchExecutionLogs(ctx, executionId)).map(({ message }) => message);
    expect(messages).toContain('cleaned');
    expect(messages).not.toContain('never');
  });

  it('by a kill in the very moment of its start', async () => {
    // Who waited for the grace would wait for ever.
    const { start, untilEnded, taskExecutor } = await openLocalTasks(isolation, {
      settings: { killGraceMs: 600_000 },
    });

    for (let time = 0; time < 3; time += 1) {
      const executionId = await start({ command: 'sleep 1003.3' });
      await taskExecutor.killTask(ctx, executionId);
      expect(await untilEnded(executionId)).toMatchObject({ endedBy: 'kill', exitCode: 130 });
    }
    expect(findProcesses(/^sleep 1003\.3/)).toEqual([]);
  });

  it('by a kill before its supervisor has begun, without running at all', async () => {
    const { taskExecutor, taskObserver, table, start, untilEnded, logAggregator } =
      await openLocalTasks(isolation);
    const starting = start({ command: 'echo ran' });
    const [task] = await until(
      () => table.listTasks({ after: '', limit: 1 }),
      (tasks) => tasks[0]?.supervisor !== undefined,
    );
    const executionId = task?.executionId ?? '';
    expect((await taskObserver.describeTasks(ctx, [executionId])).get(executionId)?.phase).toBe('starting');

    await taskExecutor.killTask(ctx, executionId);

    await starting;
    expect(await untilEnded(executionId)).toMatchObject({
      endedBy: 'kill',
      exitCode: 130,
      startedAt: undefined,
    });
    const events = await logAggregator.fetchExecutionLogs(ctx, executionId);
    expect(events.map(({ message }) => message)).toEqual(['refacet: killed on request']);
  });

  it('before it runs, when its deadline has passed already', async () => {
    const { start, untilEnded } = await openLocalTasks(isolation, {
      now: () => new Date(Date.now() - 5000),
    });
    const executionId = await start({ command: 'sleep 1003.4', timeout: 1 });

    expect(await untilEnded(executionId)).toMatchObject({ endedBy: 'timeout', exitCode: 124 });
  });

  it('takes along what it left running', async () => {
    const { state } = await run('sleep 1003.5 & exit 0');

    expect(state).toMatchObject({ endedBy: 'exit', exitCode: 0 });
    await until(
      () => findProcesses(/^sleep 1003\.5/),
      (left) => left.length === 0,
    );
  });

  it('leaves nothing but its log and how it ended', async () => {
    const { start, untilEnded, tasksDirectory } = await openLocalTasks(isolation);
    const executionId = await start({ command: 'echo secret > left; echo secret > "$HOME/left"' });
    await untilEnded(executionId);

    const left = ['claim', 'ending', 'exit.json', 'log', 'log.index', 'start.json'];
    await until(
      () => readdirSync(join(tasksDirectory, executionId)).sort(),
      (names) => names.join() === left.join(),
    );
  });
});

describe.runIf((await findIsolations()).includes('bubblewrap'))('a sandbox', () => {
  it('leaves no process behind, however it was started', async () => {
    const { start, untilEnded, taskExecutor, logAggregator } = await openLocalTasks('bubblewrap', {
      settings: { killGraceMs: 200 },
    });
    const executionId = await start({
      command:
        'trap "" TERM; setsid sh -c "(setsid sleep 1004.1 &) ; sleep 1004.2" & sleep 0.2; echo ready; sleep 1004.3',
    });
    await until(
      () => logAggregator.fetchExecutionLogs(ctx, executionId),
      (events) => events.length > 0,
    );
    expect(findProcesses(/^sleep 1004\./)).toHaveLength(3);

    await taskExecutor.killTask(ctx, executionId);
    await untilEnded(executionId);

    await until(
      () => findProcesses(/^sleep 1004\./),
      (left) => left.length === 0,
    );
  });
});
