import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertEveryInterleaving,
  assertForAll,
  createEquivalence,
  findVacuity,
} from '../../src/testing/index.js';
import { get, register } from './canonical-calls.js';
import { monolith } from './implementations.js';
import { path, seed, soak } from './random-seed.js';
import { scenarios } from './scenarios.js';

describe('the monolith compared with itself', () => {
  it('never differs: what the comparison finds elsewhere is no noise', async () => {
    const equivalence = createEquivalence({ reference: monolith(), candidate: monolith() });

    await assertForAll(fc, equivalence, scenarios, { runs: 250 * soak, seed, path });

    expect(findVacuity(equivalence.ledger.coverage, {}, { scenarios: 250 })).toEqual([]);
  }, 600_000);

  it('never differs under the same schedule', async () => {
    const equivalence = createEquivalence({ reference: monolith(), candidate: monolith() });
    const race = {
      before: [register('alpine')],
      together: [register('debian', { isDefault: true }), get('')],
    };

    // Seven requests and one: eight orders.
    expect(await assertEveryInterleaving(equivalence, race)).toBe(8);
  }, 60_000);
});
