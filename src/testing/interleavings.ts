import { assertEquivalent } from './assert-equivalent.js';
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
  return enumerateSchedules(async (decisions) => {
    const scenario = { calls: before, together, decisions };
    const { mismatch, widths } = await equivalence.run(scenario);
    if (mismatch) await assertEquivalent(equivalence, scenario, options);
    return widths;
  });
}
