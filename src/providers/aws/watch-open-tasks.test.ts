import { describe, expect, it } from 'vitest';

import { AppError, type TaskState } from '../../contracts/index.js';
import { createOpenTasks, type OpenTask } from './open-tasks.js';
import { type WatchedTask, watchOpenTasks } from './watch-open-tasks.js';

const now = new Date('2026-03-04T05:06:07Z');
const open = (executionId: string): OpenTask => ({ executionId, startedAt: now });
const running = (executionId: string, startedSecondsAgo: number): TaskState => ({
  ...{ executionId, phase: 'running' },
  startedAt: new Date(now.getTime() - startedSecondsAgo * 1_000),
});
const ended = (executionId: string): TaskState => ({ executionId, phase: 'ended', endedBy: 'exit' });
const outage = new AppError('SERVICE_UNAVAILABLE', 'down');

type Look = readonly TaskState[] | Error;

/** A watch whose looks see these states, one after the other, and then an error that ends it. */
function watching(looks: readonly Look[], openTasks = createOpenTasks(), timeLimit?: number) {
  const [waits, asked, stopped]: [number[], string[][], string[]] = [[], [], []];
  const left = [...looks];
  let refusals = 1;
  const states = watchOpenTasks(
    {},
    {
      openTasks,
      pollInterval: 5_000,
      now: () => now,
      sleep: async (milliseconds) => void waits.push(milliseconds),
      describe: async (_ctx, executionIds) => {
        asked.push([...executionIds]);
        const look = left.shift() ?? new Error('the end');
        if (look instanceof Error) throw look;
        const seen = look.map((state): [string, WatchedTask] => [state.executionId, { state, timeLimit }]);
        return new Map(seen);
      },
      stop: async (_ctx, executionId) => {
        stopped.push(executionId);
        if (refusals-- > 0) throw outage;
      },
    },
  );
  return { states, waits, asked, stopped, openTasks };
}

async function toTheEnd(states: AsyncIterable<TaskState>): Promise<TaskState[]> {
  const seen: TaskState[] = [];
  await (async () => {
    for await (const state of states) seen.push(state);
  })().catch((error: unknown) => {
    if (!(error instanceof Error) || error.message !== 'the end') throw error;
  });
  return seen;
}

describe('a watch of open tasks', () => {
  it('asks for what was open before it began', async () => {
    const openTasks = createOpenTasks(async function* () {
      yield open('a');
    });

    const watch = watching([[ended('a')]], openTasks);

    expect(await toTheEnd(watch.states)).toEqual([ended('a')]);
    expect(watch.asked).toEqual([['a'], []]);
  });

  it('forgets an ended task for the next watch too', async () => {
    const openTasks = createOpenTasks();
    openTasks.add(open('a'));
    await toTheEnd(watching([[ended('a')]], openTasks).states);

    const next = watching([], openTasks);
    await toTheEnd(next.states);

    expect(next.asked).toEqual([[]]);
  });

  it('waits twice as long after each outage, a minute at most, and as ever once it is over', async () => {
    const openTasks = createOpenTasks();
    openTasks.add(open('a'));
    const outages = Array.from({ length: 5 }, () => outage);

    const watch = watching([...outages, [running('a', 0)], outage], openTasks);
    await toTheEnd(watch.states);

    expect(watch.waits).toEqual([10_000, 20_000, 40_000, 60_000, 60_000, 5_000, 10_000]);
  });

  it('no longer hears of new tasks when it is over', async () => {
    let tellers = 0;
    const openTasks = createOpenTasks();
    const counted = {
      ...openTasks,
      subscribe: (onAdd: (task: OpenTask) => void) => {
        const end = openTasks.subscribe(onAdd);
        tellers += 1;
        return () => {
          tellers -= 1;
          end();
        };
      },
    };

    await toTheEnd(watching([[]], counted).states);

    expect(tellers).toBe(0);
  });

  it('stops a task from the second on in which its time is over, and again when that failed', async () => {
    const openTasks = createOpenTasks();
    openTasks.add(open('a'));
    const looks = [59, 60, 60, 61].map((seconds) => [running('a', seconds)]);

    const watch = watching(looks, openTasks, 60);
    await toTheEnd(watch.states);

    // The first stop failed; after the second nothing is left to be done.
    expect(watch.stopped).toEqual(['a', 'a']);
  });

  it('stops nothing that is still starting or has ended', async () => {
    const openTasks = createOpenTasks();
    openTasks.add(open('a'));
    const startedAt = new Date(0);

    const watch = watching(
      [[{ executionId: 'a', phase: 'starting', startedAt }], [{ ...ended('a'), startedAt }]],
      openTasks,
      60,
    );
    await toTheEnd(watch.states);

    expect(watch.stopped).toEqual([]);
  });
});

describe('open tasks', () => {
  it('are read from the records once they could be, and told of once each', async () => {
    let attempts = 0;
    const openTasks = createOpenTasks(async function* () {
      attempts += 1;
      yield open('a');
      if (attempts === 1) throw outage;
      yield open('b');
    });
    const told: string[] = [];
    openTasks.subscribe(({ executionId }) => told.push(executionId));

    await expect(openTasks.load({})).rejects.toBe(outage);
    await openTasks.load({});
    await openTasks.load({});

    expect(told).toEqual(['a', 'b']);
    expect(attempts).toBe(2);
  });
});
