import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  assertEquivalent,
  assertForAll,
  assertReachableOutcomes,
  coverageReport,
  createEquivalence,
  faultSweep,
  findVacuity,
  readCorpus,
} from '../../src/testing/index.js';
import { faultKindsOf } from '../aws-model/faults.js';
import { canonicalScenarios } from './canonical-scenarios.js';
import { floors } from './floors.js';
import { facade, monolith } from './implementations.js';
import { normalisations } from './normalisations.js';
import { allowedBy, raceEnd } from './race-ends.js';
import { races } from './races.js';
import { path, seed, soak } from './random-seed.js';
import { rows } from './rows.js';
import { scenarios } from './scenarios.js';

const corpus = join(import.meta.dirname, 'corpus');
const equivalence = createEquivalence({
  reference: monolith(),
  candidate: facade(),
  divergences: rows,
  normalisations,
});
const minutes = 60_000;

/** One file, one after the other: the floors at the end count what all of them covered. */
describe('the facade over the facets on AWS', () => {
  it('does as the monolith where it once did not', async () => {
    for (const { scenario } of await readCorpus(corpus)) await assertEquivalent(equivalence, scenario);
  });

  it.each([...canonicalScenarios])('does as the monolith: %s', async (_name, scenario) => {
    await assertEquivalent(equivalence, scenario, { corpus });
  });

  it(
    'does as the monolith under every fault at every request',
    async () => {
      for await (const scenario of faultSweep(equivalence, canonicalScenarios.values(), kindsOf)) {
        await assertEquivalent(equivalence, scenario, { corpus });
      }
    },
    10 * minutes,
  );

  it(
    'does as the monolith in random scenarios',
    async () => {
      await assertForAll(fc, equivalence, scenarios, { runs: 2_000 * soak, seed, path, corpus });
    },
    60 * minutes,
  );

  it(
    'ends every race of two calls, in every order, as the monolith could have',
    async () => {
      for (const race of races)
        await assertReachableOutcomes(equivalence, race, { project: raceEnd, allowedBy });
    },
    10 * minutes,
  );

  it('was asked enough for all this to mean something', () => {
    const { coverage } = equivalence.ledger;

    expect(findVacuity(coverage, { divergences: rows, normalisations }, floors)).toEqual([]);
  });

  afterAll(async () => {
    const folder = process.env['EQUIVALENCE_REPORT'];
    if (folder === undefined) return;
    const { coverage } = equivalence.ledger;
    const title = 'Equivalence of the facade and the monolith';
    const between = ['monolith', 'facade'] as const;
    const facts = { seed, node: process.version };
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, 'equivalence-report.md'),
      coverageReport({ title, between, coverage, divergences: rows, normalisations, facts }),
    );
    await writeFile(
      join(folder, 'equivalence-report.json'),
      `${JSON.stringify({ title, facts, coverage }, null, 2)}\n`,
    );
  });
});

/** Waiting cannot fail. */
function kindsOf(operation: string): readonly string[] {
  return operation === 'clock.sleep' ? [] : faultKindsOf(operation);
}
