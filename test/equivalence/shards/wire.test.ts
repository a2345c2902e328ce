import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertForAll, createEquivalence, findVacuity } from '../../../src/testing/index.js';
import type { Coverage, Equivalence, Scenario } from '../../../src/testing/index.js';
import type { MockedClients } from '../../aws-model/mocked-clients.js';
import { inProcessClients, loopbackClients } from '../../aws-model/wire/wire-clients.js';
import { corpus, minutes } from '../comparison.js';
import { facade, monolith } from '../implementations.js';
import { keepCoverage } from '../kept-coverage.js';
import { normalisations } from '../normalisations.js';
import { path, seed, soak } from '../random-seed.js';
import { allRowsOver } from '../rows.js';
import { scenarios } from '../scenarios.js';
import { tokens } from '../wire-tokens.js';
import { deployment } from '../world-settings.js';

/** Over a connection these are the same as its reset; in their place, answers break off in the middle. */
const brokenInPlaceOf = new Map([
  ['timed-out', 'cut-behind-headers'],
  ['aborted', 'cut-in-body'],
  ['access-denied', 'half-of-body'],
]);

const brokenScenarios: fc.Arbitrary<Scenario> = scenarios.map((scenario) => ({
  ...scenario,
  calls: scenario.calls.map(({ faults, ...call }) => ({
    ...call,
    ...(faults && {
      faults: faults.map((fault) => ({ ...fault, kind: brokenInPlaceOf.get(fault.kind) ?? fault.kind })),
    }),
  })),
}));

function comparisonOver(clients: () => MockedClients): Equivalence {
  return createEquivalence({
    reference: monolith(clients()),
    candidate: facade(clients()),
    divergences: allRowsOver(clients),
    normalisations: [...normalisations, ...tokens],
  });
}

describe('the facade over the whole SDK', () => {
  it(
    'does as the monolith in process',
    async () => {
      const equivalence = comparisonOver(() => inProcessClients(deployment.region));

      await assertForAll(fc, equivalence, scenarios, { runs: 200 * soak, seed, path, corpus });

      const { coverage } = equivalence.ledger;
      expect(findVacuity(coverage, { normalisations: tokens }, { scenarios: 200 })).toEqual([]);
      await keepCoverage('wire-in-process', coverage);
    },
    60 * minutes,
  );
});

describe('the facade over TCP', () => {
  let all: Awaited<ReturnType<typeof loopbackClients>>[] = [];
  beforeAll(async () => {
    all = await Promise.all(Array.from({ length: 4 }, () => loopbackClients(deployment.region)));
  });
  afterAll(() => Promise.all(all.map((one) => one.close())));

  it(
    'does as the monolith, retries and broken connections included',
    async () => {
      const left = [...all];
      const equivalence = comparisonOver(() => left.pop() ?? raiseMissing());

      await assertForAll(fc, equivalence, brokenScenarios, { runs: 60 * soak, seed: seed + 1, path, corpus });

      const { coverage } = equivalence.ledger;
      expect(coverage.scenarios).toBeGreaterThanOrEqual(60);
      expect(metKinds(coverage)).toEqual(expect.arrayContaining([...brokenInPlaceOf.values()]));
      await keepCoverage('wire-over-tcp', coverage);
    },
    60 * minutes,
  );
});

function metKinds({ faults }: Coverage): readonly string[] {
  return [...new Set(Object.values(faults).flatMap((kinds) => Object.keys(kinds)))];
}

function raiseMissing(): never {
  throw new Error('Four parties need a server each.');
}
