import { expect, it } from 'vitest';
import { countRunnerUses } from './count-runner-uses.js';

it('adds up the calls of each method and place, the most used first', () => {
  const counter = countRunnerUses();

  counter.sink({ method: 'killTask', site: 'api' });
  counter.sink({ method: 'getImage', site: 'api' });
  counter.sink({ method: 'getImage', site: 'scheduler' });
  counter.sink({ method: 'getImage', site: 'api' });

  expect(counter.totals()).toStrictEqual([
    { method: 'getImage', site: 'api', calls: 2 },
    { method: 'getImage', site: 'scheduler', calls: 1 },
    { method: 'killTask', site: 'api', calls: 1 },
  ]);
});

it('has nothing to say before the first call', () => {
  expect(countRunnerUses().totals()).toEqual([]);
});
