import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShadowTotals } from '../../legacy/shadow/shadow-counters.js';
import { canonicalScenarios } from '../equivalence/canonical-scenarios.js';
import { path, seed, soak } from '../equivalence/random-seed.js';
import { scenarios } from '../equivalence/scenarios.js';
import { runShadowed } from './shadow-laboratory.js';

const runs = 200 * soak;

describe.each(['monolith', 'facade'] as const)('a shadow behind the %s', (control) => {
  it.each([...canonicalScenarios])('raises no false alarm: %s', async (_name, { calls }) => {
    const { reports } = await runShadowed(calls, { control });

    expect(reports).toEqual([]);
  });

  it('raises no false alarm in random scenarios under faults, and compares calls of every method', async () => {
    const matches = new Map<string, number>();
    const property = fc.asyncProperty(scenarios, async ({ calls }) => {
      const { reports, totals } = await runShadowed(calls, { control });
      addMatches(matches, totals);
      expect(reports).toEqual([]);
      expect(brokenIn(totals)).toBe(0);
    });

    await fc.assert(property, { seed, numRuns: runs, ...(path !== undefined && { path }) });

    expect([...matches.values()].every((count) => count >= 20)).toBe(true);
    expect(matches.size).toBe(8);
  }, 120_000);

  it('asks nothing of AWS and changes nothing: answers, requests and state are those of the control alone', async () => {
    const property = fc.asyncProperty(scenarios, async ({ calls }) => {
      const { ends, requests, state } = await runShadowed(calls, { control });
      const alone = await runShadowed(calls, { control, isAlone: true });
      expect({ ends, requests, state }).toStrictEqual({
        ends: alone.ends,
        requests: alone.requests,
        state: alone.state,
      });
    });

    await fc.assert(property, { seed, numRuns: 40 * soak, ...(path !== undefined && { path }) });
  }, 120_000);
});

function addMatches(matches: Map<string, number>, totals: ShadowTotals): void {
  for (const [method, { verdicts }] of Object.entries(totals))
    if (verdicts.match !== undefined) matches.set(method, (matches.get(method) ?? 0) + verdicts.match);
}

function brokenIn(totals: ShadowTotals): number {
  return Object.values(totals).reduce((sum, { verdicts }) => sum + (verdicts.broken ?? 0), 0);
}
