import {
  assertEveryInterleaving,
  assertReachableOutcomes,
  createEquivalence,
} from '../../src/testing/index.js';
import type { Coverage } from '../../src/testing/index.js';
import { comparison, corpus } from './comparison.js';
import { facade } from './implementations.js';
import { keepCoverage } from './kept-coverage.js';
import { normalisations } from './normalisations.js';
import { allowedBy, raceEnd } from './race-ends.js';
import { races } from './races.js';
import { repaired } from './rows.js';

/**
 * Each second pair of calls in every order: request by request as the statement of the rows has it, and at the end as
 * the monolith could have ended, or as a row says.
 */
export async function runRaces(part: 0 | 1): Promise<Coverage> {
  const reachable = comparison([]);
  const strict = createEquivalence({ reference: repaired, candidate: facade(), normalisations });
  for (const race of races.filter((_, index) => index % 2 === part)) {
    await assertEveryInterleaving(strict, race, { corpus });
    await assertReachableOutcomes(reachable, race, { project: raceEnd, allowedBy });
  }
  await keepCoverage(part === 0 ? 'strict-races-1' : 'strict-races-2', strict.ledger.coverage);
  return reachable.ledger.coverage;
}
