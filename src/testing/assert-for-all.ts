import type * as FastCheck from 'fast-check';
import { explainFailure } from './assert-equivalent.js';
import type { Equivalence } from './equivalence.js';
import type { Scenario } from './scenario.js';

/** The parts of fast-check that the kit uses: handed in, so that the kit works without it. */
export type FastCheckModule = Pick<typeof FastCheck, 'check' | 'asyncProperty'>;

/** How many scenarios, and which. */
export interface ForAllOptions {
  readonly runs: number;
  readonly seed: number;
  /** Replays one failure: its path as it was reported, with its seed. */
  readonly path?: string | undefined;
  readonly corpus?: string | undefined;
}

/**
 * Compares over random scenarios.
 *
 * @throws Error with the smallest failing scenario, its seed and its path; or when fewer scenarios ran than asked for.
 */
export async function assertForAll(
  fastCheck: FastCheckModule,
  equivalence: Equivalence,
  scenarios: FastCheck.Arbitrary<Scenario>,
  { runs, seed, path, corpus }: ForAllOptions,
): Promise<void> {
  const details = await fastCheck.check(
    fastCheck.asyncProperty(
      scenarios,
      async (scenario) => (await equivalence.run(scenario)).mismatch === undefined,
    ),
    { seed, numRuns: runs, ...(path === undefined ? {} : { path, endOnFailure: true }) },
  );
  if (details.failed) {
    const [scenario] = details.counterexample ?? [];
    // What the property itself threw, such as a double that does not know an operation, is no mismatch to minimise.
    if (details.errorInstance instanceof Error && !isPropertyFailure(details.errorInstance))
      throw details.errorInstance;
    if (!scenario) throw new Error('The scenarios could not be generated.');
    throw await explainFailure(equivalence, scenario, {
      corpus,
      seed: details.seed,
      path: details.counterexamplePath ?? undefined,
    });
  }
  // An interrupted run counts as success for fast-check.
  if (path === undefined && details.numRuns < runs) {
    throw new Error(`Only ${details.numRuns} of ${runs} scenarios ran.`);
  }
}

function isPropertyFailure(error: Error): boolean {
  return error.message.startsWith('Property failed by returning false');
}
