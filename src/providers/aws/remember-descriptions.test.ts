import { expect, it } from 'vitest';

import type { TaskObserver } from '../../contracts/index.js';
import { rememberDescriptions } from './remember-descriptions.js';

function observe() {
  let time = 1_000_000;
  const asked: (readonly string[])[] = [];
  const observer = {
    describeTasks: async (_ctx: unknown, ids: readonly string[]) => {
      asked.push(ids);
      const known = ids.filter((id) => id !== 'unknown');
      return new Map(known.map((executionId) => [executionId, { executionId, phase: 'running' }]));
    },
  } as unknown as TaskObserver;
  const taskObserver = rememberDescriptions(observer, { rememberFor: 2_000, now: () => new Date(time) });
  return { taskObserver, asked, pass: (milliseconds: number) => (time += milliseconds) };
}

it('asks once for one task within its time, whether it is known or not', async () => {
  const { taskObserver, asked, pass } = observe();

  for (const id of ['a', 'unknown', 'a', 'unknown']) await taskObserver.describeTasks({}, [id]);
  pass(1_999);
  const states = await taskObserver.describeTasks({}, ['a']);

  expect(states.get('a')).toEqual({ executionId: 'a', phase: 'running' });
  expect((await taskObserver.describeTasks({}, ['unknown'])).size).toBe(0);
  expect(asked).toEqual([['a'], ['unknown']]);
});

it('asks again when its time is over, and when the clock has stepped back', async () => {
  const { taskObserver, asked, pass } = observe();

  await taskObserver.describeTasks({}, ['a']);
  pass(2_000);
  await taskObserver.describeTasks({}, ['a']);
  pass(-60_000);
  await taskObserver.describeTasks({}, ['a']);

  expect(asked).toHaveLength(3);
});

it('asks each time for several tasks', async () => {
  const { taskObserver, asked } = observe();

  await taskObserver.describeTasks({}, ['a', 'b']);
  await taskObserver.describeTasks({}, ['a', 'b']);
  await taskObserver.describeTasks({}, []);

  expect(asked).toEqual([['a', 'b'], ['a', 'b'], []]);
});
