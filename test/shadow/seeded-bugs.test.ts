import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShadowReport } from '../../legacy/shadow/shadow-runner.js';
import { canonicalScenarios } from '../equivalence/canonical-scenarios.js';
import { seed } from '../equivalence/random-seed.js';
import { scenarios } from '../equivalence/scenarios.js';
import { seededBugs, withBug, type SeededBug } from './seeded-bugs.js';
import { candidateOf, runShadowed } from './shadow-laboratory.js';

const random = fc.sample(scenarios, { seed, numRuns: 100 });
const inputs = [...canonicalScenarios.values(), ...random];

describe.each(['monolith', 'facade'] as const)('a mistake of the candidate behind the %s', (control) => {
  it.each(seededBugs.map((bug) => [bug.name, bug] as const))(
    'is found: %s',
    async (_name, bug) => {
      const reports = await firstReports(control, bug);

      expect(reports.length).toBeGreaterThan(0);
      expect(JSON.stringify(reports)).not.toContain('planted-secret');
    },
    60_000,
  );
});

/** What is reported of the first scenario in which something is. */
async function firstReports(
  control: 'monolith' | 'facade',
  bug: SeededBug,
): Promise<readonly ShadowReport[]> {
  for (const { calls } of inputs) {
    const { reports } = await runShadowed(calls, { control, parties: withBug(candidateOf[control], bug) });
    if (reports.length > 0) return reports;
  }
  return [];
}
