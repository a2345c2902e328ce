import type { Equivalence } from './equivalence.js';
import type { Scenario } from './scenario.js';

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
