import { explainFailure } from './assert-equivalent.js';
import type { FailureOptions } from './assert-equivalent.js';
import { enumerateSchedules } from './enumerate-schedules.js';
import type { Equivalence } from './equivalence.js';
import type { Call } from './scenario.js';

/** Calls made at the same time, after some that prepare the ground. */
export interface Race {
  readonly before: readonly Call[];
  readonly together: readonly Call[];
}

/**
 * Compares a race under every order in which its requests can be answered: the same schedule must give the same
 * observation.
 *
 * @returns how many orders there are.
 */
export async function assertEveryInterleaving(
  equivalence: Equivalence,
  { before, together }: Race,
  options: FailureOptions = {},
): Promise<number> {
  const run = await equivalence.prepareRace({ calls: before, together });
  return enumerateSchedules(async (decisions) => {
    const { mismatch, widths } = await run(decisions);
    if (mismatch) throw await explainFailure(equivalence, { calls: before, together, decisions }, options);
    return widths;
  });
}
