import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEquivalence, faultSweep, type Scenario } from '../../src/testing/index.js';
import { faultKindsOf } from '../aws-model/faults.js';
import { canonicalScenarios } from '../equivalence/canonical-scenarios.js';
import { facade, monolith } from '../equivalence/implementations.js';
import { normalisations } from '../equivalence/normalisations.js';
import { rows } from '../equivalence/rows/index.js';
import { scenarios } from '../equivalence/scenarios.js';

const equivalence = createEquivalence({
  reference: monolith(),
  candidate: facade(),
  divergences: rows,
  normalisations,
});
const seed = 20_261_124;
const chunks = 20;
const inChunk = 15;

/** Waiting cannot fail. */
const kindsOf = (operation: string): readonly string[] =>
  operation === 'clock.sleep' ? [] : faultKindsOf(operation);

/** The first difference is enough: a mutant is killed, and nobody reads how. */
async function differs(inputs: AsyncIterable<Scenario> | Iterable<Scenario>): Promise<boolean> {
  for await (const scenario of inputs)
    if ((await equivalence.run(scenario)).mismatch !== undefined) return true;
  return false;
}

/** What the proof of equivalence runs, cut into tests of which only those run that meet the mutant. */
describe('the facade compared with the monolith', () => {
  it.each([...canonicalScenarios])('without a fault: %s', async (_name, scenario) => {
    expect(await differs([scenario])).toBe(false);
  });

  it.each([...canonicalScenarios])('with every fault: %s', async (_name, scenario) => {
    expect(await differs(faultSweep(equivalence, [scenario], kindsOf))).toBe(false);
  });

  it.each(Array.from({ length: chunks }, (_, chunk) => chunk))('at random, part %i', async (chunk) => {
    expect(await differs(fc.sample(scenarios, { seed: seed + chunk, numRuns: inChunk }))).toBe(false);
  });
});
