import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertEquivalent,
  assertEveryInterleaving,
  assertForAll,
  createEquivalence,
} from '../../src/testing/index.js';
import type { Implementation } from '../../src/testing/index.js';
import { advance, get, kill, register, start } from './canonical-calls.js';
import { canonicalScenarios } from './canonical-scenarios.js';
import { comparison } from './comparison.js';
import { normalisations } from './normalisations.js';
import { seed } from './random-seed.js';
import { allRows, repaired } from './rows.js';
import { scenarios } from './scenarios.js';
import { seededBugs } from './seeded-bugs.js';

const mostCalls = 6;
const alpine = 'alpine:latest-c5c74c0e';
const races = [
  { before: [register('alpine')], together: [get(alpine), get(alpine)] },
  { before: [register('alpine'), start(alpine), advance('RUNNING')], together: [kill(), kill()] },
];

describe.each(seededBugs.map((bug) => [bug.name, bug] as const))(
  'the seeded bug "%s"',
  (_name, candidate) => {
    it('is found, and shown in a few calls', async () => {
      const report = await find(candidate);

      expect(report).toContain(`${candidate.name} differs from `);
      expect(report.match(/method: '/g)?.length).toBeLessThanOrEqual(mostCalls);
    }, 120_000);
  },
);

/** As the facade is tested, only less. */
async function find(candidate: Implementation): Promise<string> {
  const equivalence = comparison(allRows, candidate);
  const strict = createEquivalence({ reference: repaired, candidate, normalisations });
  try {
    for (const scenario of canonicalScenarios.values()) await assertEquivalent(equivalence, scenario);
    for (const race of races) await assertEveryInterleaving(strict, race);
    await assertForAll(fc, equivalence, scenarios, { runs: 300, seed });
  } catch (error) {
    return (error as Error).message;
  }
  return 'not found';
}
