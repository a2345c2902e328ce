import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertEquivalent,
  assertEveryInterleaving,
  assertForAll,
  createEquivalence,
} from '../../src/testing/index.js';
import type { Equivalence } from '../../src/testing/index.js';
import { get, register } from './canonical-calls.js';
import { canonicalScenarios } from './canonical-scenarios.js';
import { monolith } from './implementations.js';
import { normalisations } from './normalisations.js';
import { seed } from './random-seed.js';
import { rows } from './rows.js';
import { scenarios } from './scenarios.js';
import { seededBugs } from './seeded-bugs.js';

const oracle = monolith();
const mostCalls = 6;
const alpine = 'alpine:latest-c5c74c0e';

describe.each(seededBugs.map((bug) => [bug.name, bug] as const))(
  'the seeded bug "%s"',
  (_name, candidate) => {
    it('is found, and shown in a few calls', async () => {
      const equivalence = createEquivalence({
        reference: oracle,
        candidate,
        divergences: rows,
        normalisations,
      });

      const report = await find(equivalence);

      expect(report).toContain(`${candidate.name} differs from monolith`);
      expect(report.match(/method: '/g)?.length).toBeLessThanOrEqual(mostCalls);
    }, 120_000);
  },
);

/** As the facade is tested, only less. */
async function find(equivalence: Equivalence): Promise<string> {
  const race = { before: [register('alpine')], together: [get(alpine), get(alpine)] };
  try {
    for (const scenario of canonicalScenarios.values()) await assertEquivalent(equivalence, scenario);
    await assertEveryInterleaving(equivalence, race);
    await assertForAll(fc, equivalence, scenarios, { runs: 300, seed });
  } catch (error) {
    return (error as Error).message;
  }
  return 'not found';
}
