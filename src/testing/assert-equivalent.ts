import { keepScenario } from './corpus.js';
import type { Equivalence } from './equivalence.js';
import { minimise } from './minimise.js';
import { reportMismatch } from './mismatch-report.js';
import type { Origin } from './mismatch-report.js';
import type { Scenario } from './scenario.js';

/** What to do with a failure. */
export interface FailureOptions extends Omit<Origin, 'keptIn'> {
  /** Folder in which the smallest failing scenario is kept. */
  readonly corpus?: string | undefined;
}

/**
 * Runs a scenario, and throws when the implementations differ.
 *
 * @throws Error with the smallest scenario that still differs, as code.
 */
export async function assertEquivalent(
  equivalence: Equivalence,
  scenario: Scenario,
  options: FailureOptions = {},
): Promise<void> {
  const { mismatch } = await equivalence.run(scenario);
  if (mismatch) throw await explainFailure(equivalence, scenario, options);
}

/** Makes a failing scenario small, keeps it, and puts it into an error. */
export async function explainFailure(
  equivalence: Equivalence,
  scenario: Scenario,
  { corpus, ...origin }: FailureOptions = {},
): Promise<Error> {
  const differs = async (smaller: Scenario): Promise<boolean> =>
    (await equivalence.run(smaller, { isCounted: false })).mismatch !== undefined;
  const smallest = await minimise(scenario, differs);
  const { mismatch } = await equivalence.run(smallest, { isCounted: false });
  if (!mismatch)
    return new Error('The scenario differed once and not again: it depends on something not handed in.');

  const keptIn = corpus === undefined ? undefined : await keepScenario(corpus, smallest);
  return new Error(reportMismatch(mismatch, { ...origin, keptIn }));
}
