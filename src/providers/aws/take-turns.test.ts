import { expect, it } from 'vitest';

import { createTurns } from './take-turns.js';

it('runs work on one key in order, failures included, and work on others beside it', async () => {
  const inTurn = createTurns();
  const seen: string[] = [];
  const work = (name: string, failure?: Error) => async () => {
    seen.push(`${name} begins`);
    await new Promise(setImmediate);
    seen.push(`${name} ends`);
    if (failure !== undefined) throw failure;
    return name;
  };

  const results = await Promise.allSettled([
    inTurn('a', work('a1', new Error('a1 failed'))),
    inTurn('a', work('a2')),
    inTurn('b', work('b1')),
    inTurn('a', work('a3')),
  ]);

  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(seen.filter((one) => one.startsWith('a'))).toEqual([
    'a1 begins',
    'a1 ends',
    'a2 begins',
    'a2 ends',
    'a3 begins',
    'a3 ends',
  ]);
  expect(seen.indexOf('b1 begins')).toBeLessThan(seen.indexOf('a1 ends'));
});
