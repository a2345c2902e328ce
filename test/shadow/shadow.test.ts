import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalScenarios } from '../equivalence/canonical-scenarios.js';
import { path, seed, soak } from '../equivalence/random-seed.js';
import { scenarios } from '../equivalence/scenarios.js';
import { runShadowed } from './shadow-laboratory.js';

describe.each(['monolith', 'facade'] as const)('the shadow of the %s', (control) => {
  it.each([...canonicalScenarios])('raises no false alarm: %s', async (_name, { calls }) => {
    const { reports } = await runShadowed(calls, { control });

    expect(reports).toEqual([]);
  });

  it('raises no false alarm in random scenarios, under faults too', async () => {
    const property = fc.asyncProperty(scenarios, async ({ calls }) => {
      const { reports } = await runShadowed(calls, { control });
      expect(reports).toEqual([]);
    });

    await fc.assert(property, { seed, numRuns: 1000 * soak, ...(path !== undefined && { path }) });
  }, 120_000);
});
