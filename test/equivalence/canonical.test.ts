import { afterAll, describe, it } from 'vitest';
import { assertEquivalent, readCorpus } from '../../src/testing/index.js';
import { canonicalScenarios, largeScenarios } from './canonical-scenarios.js';
import { comparison, corpus, minutes } from './comparison.js';
import { keepCoverage } from './kept-coverage.js';
import { rows } from './rows.js';

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

  afterAll(() => keepCoverage('canonical', equivalence.ledger.coverage));
});
