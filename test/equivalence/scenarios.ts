import fc from 'fast-check';
import { scenarioArbitrary } from '../../src/testing/index.js';
import type { Call, Scenario } from '../../src/testing/index.js';
import { calls } from './call-arbitraries.js';
import { advance, print, register, start } from './canonical-calls.js';

/** What was there before: without it, most scenarios would end before anything is interesting. */
const beginnings: readonly (readonly Call[])[] = [
  [],
  [register('alpine')],
  [register('alpine'), register('hashicorp/terraform:1.6'), start('alpine'), advance('RUNNING'), print(4)],
  [
    register('alpine'),
    start(''),
    start('alpine'),
    advance('RUNNING'),
    start(''),
    advance('STOPPING', 1),
    start(''),
  ],
];

/** Mostly short ones, which is where most differences are; every tenth has twenty calls or more. */
const lengths = fc.oneof(
  { weight: 2, arbitrary: scenarioArbitrary(fc, { calls, most: 10 }) },
  { weight: 1, arbitrary: scenarioArbitrary(fc, { calls, most: 30 }) },
);

/** Random scenarios of all methods. */
export const scenarios: fc.Arbitrary<Scenario> = fc
  .tuple(fc.constantFrom(...beginnings), lengths)
  .map(([beginning, scenario]) => ({ ...scenario, calls: [...beginning, ...scenario.calls] }));
