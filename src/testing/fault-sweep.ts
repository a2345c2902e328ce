import type { Equivalence } from './equivalence.js';
import type { Call, Scenario } from './scenario.js';
import { explainFailure } from './assert-equivalent.js';
import type { FailureOptions } from './assert-equivalent.js';
import type { VariantsOf } from './scenario-run.js';

/**
 * Every scenario with one fault: each request that either implementation makes in it × each kind of fault that can happen to
 * that operation. Finds what random faults meet only by luck.
 */
export async function* faultSweep(
  equivalence: Equivalence,
  scenarios: Iterable<Scenario>,
  kindsOf: (operation: string) => readonly string[],
): AsyncIterable<Scenario> {
  for (const scenario of scenarios) {
    const { requests } = await equivalence.run(scenario, { isCounted: false });
    for (const [position, call] of scenario.calls.entries()) {
      for (const occurrence of requests[position] ?? []) {
        for (const kind of kindsOf(occurrence.operation)) {
          const faults = [...(call.faults ?? []), { ...occurrence, kind }];
          yield { ...scenario, calls: scenario.calls.with(position, { ...call, faults }) };
        }
      }
    }
  }
}

/**
 * Compares a scenario and every variant of each of its calls. What comes before a call runs once for all of them, which
 * is what a long scenario needs.
 *
 * @throws Error with the smallest scenario that differs.
 */
export async function assertSweep(
  equivalence: Equivalence,
  scenario: Scenario,
  variantsOf: VariantsOf,
  options: FailureOptions = {},
): Promise<void> {
  const differing = await equivalence.sweep(scenario, variantsOf);
  if (differing) throw await explainFailure(equivalence, differing, options);
}

/** The variants of a call that are the call under one fault more: each request × each kind of fault. */
export function faultyCalls(kindsOf: (operation: string) => readonly string[]): VariantsOf {
  return (call, requests): readonly Call[] =>
    requests.flatMap((occurrence) =>
      kindsOf(occurrence.operation).map((kind) => ({
        ...call,
        faults: [...(call.faults ?? []), { ...occurrence, kind }],
      })),
    );
}
