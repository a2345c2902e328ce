import fc from 'fast-check';
import { afterAll, describe, it } from 'vitest';
import { assertEquivalent, assertForAll, readCorpus } from '../../src/testing/index.js';
import { canonicalScenarios, faultyScenarios, largeScenarios } from './canonical-scenarios.js';
import { comparison, corpus, minutes } from './comparison.js';
import { keepCoverage } from './kept-coverage.js';
import { path, seed } from './random-seed.js';
import { rows } from './rows.js';
import { scenarios } from './scenarios.js';

const equivalence = comparison(rows);

/** Row by row: that each of them is needed is counted here. */
describe('the facade over the facets on AWS', () => {
  it('does as the monolith where it once did not', async () => {
    for (const { scenario } of await readCorpus(corpus)) await assertEquivalent(equivalence, scenario);
  });

  it.each([...canonicalScenarios, ...largeScenarios])(
    'does as the monolith: %s',
    async (_name, scenario) => {
      await assertEquivalent(equivalence, scenario, { corpus });
    },
    minutes,
  );

  it(
    'does as the monolith in random scenarios, each row on its own',
    async () => {
      await assertForAll(fc, equivalence, scenarios, { runs: 300, seed, path, corpus });
    },
    5 * minutes,
  );

  it(
    'does as the monolith when what a row is about goes wrong',
    async () => {
      for (const scenario of faultyScenarios) await assertEquivalent(equivalence, scenario, { corpus });
    },
    minutes,
  );

  afterAll(() => keepCoverage('canonical', equivalence.ledger.coverage));
});
