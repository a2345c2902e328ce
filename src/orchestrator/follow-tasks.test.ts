import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { RequestContext, TaskState } from '../contracts/index.js';
import { createExecutionsDouble, someExecution } from './executions.double.js';
import type { ExecutionsDouble } from './executions.double.js';
import { followTasks } from './follow-tasks.js';

const times = { firstBackoff: 5, lastBackoff: 20, firstRetry: 5, lastRetry: 80, sweepEvery: 60_000 };
const ended: TaskState = { executionId: 'task-1', phase: 'ended', endedBy: 'exit', exitCode: 0 };

/** A backend whose tasks are what the test says, and a follower that runs until the test is over. */
function following(executions: ExecutionsDouble) {
  const known = new Map<string, TaskState>();
  const stopping = new AbortController();
  const logged: string[] = [];
  let deliver: (state: TaskState) => void = () => undefined;
  let breakDown: (error: Error) => void = () => undefined;
  let watches = 0;

  const taskObserver = {
    describeTasks: async (_ctx: RequestContext, ids: readonly string[]) =>
      new Map([...known].filter(([id]) => ids.includes(id))),
    watchTasks: async function* (ctx: RequestContext): AsyncGenerator<TaskState> {
      watches += 1;
      const states: TaskState[] = [];
      let wake: () => void = () => undefined;
      let failure: Error | undefined;
      deliver = (state) => {
        states.push(state);
        wake();
      };
      breakDown = (error) => {
        failure = error;
        wake();
      };
      ctx.signal?.addEventListener('abort', () => wake());
      while (ctx.signal?.aborted !== true) {
        if (failure !== undefined) throw failure;
        const state = states.shift();
        if (state !== undefined) yield state;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
  const log = (_fields: unknown, message: string): void => void logged.push(message);
  const run = (): Promise<void> =>
    followTasks(
      {
        executions,
        taskObserver,
        log: { info: log, warn: log, error: log },
        now: () => new Date('2026-01-01T12:00:00Z'),
        newRequestId: () => 'follower',
      },
      { signal: stopping.signal },
      times,
    );
  return {
    known,
    logged,
    run,
    stop: () => stopping.abort(),
    deliver: (state: TaskState) => deliver(state),
    breakDown: (error: Error) => breakDown(error),
    watches: () => watches,
  };
}

describe('following tasks', () => {
  let world: ReturnType<typeof following>;
  let executions: ExecutionsDouble;
  let run: Promise<void>;

  beforeEach(() => {
    executions = createExecutionsDouble();
    world = following(executions);
  });

  afterEach(async () => {
    world.stop();
    await run;
  });

  const begin = async (): Promise<void> => {
    run = world.run();
    await vi.waitFor(() => expect(world.watches()).toBe(1));
  };
  const statusOf = (id: string) => executions.records.get(id)?.status;

  it('writes what happens to a task into its record', async () => {
    await executions.createExecution({}, someExecution());
    await begin();

    world.deliver({ executionId: 'task-1', phase: 'running' });
    await vi.waitFor(() => expect(statusOf('task-1')).toBe('RUNNING'));
    world.deliver({ ...ended, exitCode: 4 });

    await vi.waitFor(() => expect(statusOf('task-1')).toBe('FAILED'));
  });

  it('finds out at its start what happened while nobody followed', async () => {
    await executions.createExecution({}, someExecution({ status: 'RUNNING' }));
    world.known.set('task-1', ended);

    await begin();

    await vi.waitFor(() => expect(statusOf('task-1')).toBe('SUCCEEDED'));
  });

  it('waits for a record that a start has not written yet', async () => {
    await begin();
    world.deliver({ executionId: 'task-1', phase: 'running' });
    world.deliver(ended);
    await new Promise((resolve) => setTimeout(resolve, 20));

    await executions.createExecution({}, someExecution());

    await vi.waitFor(() => expect(statusOf('task-1')).toBe('SUCCEEDED'));
  });

  it('gives a task without a record up in the end, and says so', async () => {
    await begin();

    world.deliver(ended);

    await vi.waitFor(() => expect(world.logged).toContain('a task has no record'));
  });

  it('loses nothing to a store that fails for a while', async () => {
    await executions.createExecution({}, someExecution());
    let failures = 3;
    const { transition } = executions;
    executions.transition = async (...parameters) => {
      failures -= 1;
      if (failures >= 0) throw new AppError('DATABASE_ERROR', 'no answer');
      return transition(...parameters);
    };
    await begin();

    world.deliver(ended);

    await vi.waitFor(() => expect(statusOf('task-1')).toBe('SUCCEEDED'));
  });

  it('begins to watch again when the watch breaks, and finds what it missed', async () => {
    await executions.createExecution({}, someExecution());
    await begin();

    world.known.set('task-1', ended);
    world.breakDown(new Error('connection lost'));

    await vi.waitFor(() => expect(statusOf('task-1')).toBe('SUCCEEDED'));
    expect(world.watches()).toBe(2);
    expect(world.logged).toContain('lost sight of the tasks; looking again');
  });

  it('ends in silence when it is told to', async () => {
    await begin();

    world.stop();
    await run;

    expect(world.logged).toEqual([]);
  });
});
