import { Ledger } from './ledger.js';
import type { Scenario } from './scenario.js';
import { ScenarioRun } from './scenario-run.js';
import type { VariantsOf } from './scenario-run.js';
import type { EquivalenceOptions, Verdict } from './verdict.js';

/** Two implementations under comparison. */
export interface Equivalence extends EquivalenceOptions {
  readonly ledger: Ledger;
  /** Runs both through a scenario and compares after every call. Unless counted, the ledger stays as it is. */
  run(scenario: Scenario, options?: { readonly isCounted?: boolean }): Promise<Verdict>;
  /** Runs every variant of every call of a scenario. @returns the first variant that differs. */
  sweep(scenario: Scenario, variantsOf: VariantsOf): Promise<Scenario | undefined>;
  /** Runs what comes before a race once, and then the race under the decisions of each call. */
  prepareRace(scenario: Scenario): Promise<(decisions: readonly number[]) => Promise<Verdict>>;
}

/** Prepares the comparison of two implementations. Each scenario gets both built afresh. */
export function createEquivalence(options: EquivalenceOptions): Equivalence {
  const ledger = new Ledger();
  return {
    ...options,
    ledger,
    run: (scenario, { isCounted = true } = {}) =>
      withoutUnhandledRejection(() =>
        new ScenarioRun(options, isCounted ? ledger : new Ledger()).complete(scenario),
      ),
    sweep: (scenario, variantsOf) =>
      withoutUnhandledRejection(() => new ScenarioRun(options, ledger).sweep(scenario, variantsOf)),
    prepareRace: async (scenario) => {
      const again = await new ScenarioRun(options, ledger).prepareRace(scenario);
      return (decisions) =>
        withoutUnhandledRejection(() =>
          again ? again(decisions) : new ScenarioRun(options, ledger).complete({ ...scenario, decisions }),
        );
    },
  };
}

/** A promise that nobody handles is a difference that no comparison of results can see. */
async function withoutUnhandledRejection<Result>(run: () => Promise<Result>): Promise<Result> {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };
  process.on('unhandledRejection', note);
  try {
    const result = await run();
    if (unhandled.length > 0) throw new Error('A rejection was left unhandled.', { cause: unhandled[0] });
    return result;
  } finally {
    process.off('unhandledRejection', note);
  }
}
