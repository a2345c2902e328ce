import { assertSweep, faultyCalls } from '../../src/testing/index.js';
import type { Call, Coverage } from '../../src/testing/index.js';
import { faultKindsOf } from '../aws-model/faults.js';
import { canonicalScenarios } from './canonical-scenarios.js';
import { comparison, corpus } from './comparison.js';
import { allRows } from './rows.js';
import type { ContextData } from './runner-implementation.js';

/** Every fault at every request, and a client that hangs up behind every request, of each second scenario. */
export async function sweep(part: 0 | 1): Promise<Coverage> {
  const equivalence = comparison(allRows);
  const faulty = faultyCalls(kindsOf);
  const scenarios = [...canonicalScenarios.values()].filter((_, index) => index % 2 === part);
  for (const scenario of scenarios) {
    await assertSweep(
      equivalence,
      scenario,
      (call, requests) => [...faulty(call, requests), ...hungUp(call, requests.length)],
      { corpus },
    );
  }
  return equivalence.ledger.coverage;
}

/** Waiting cannot fail. */
function kindsOf(operation: string): readonly string[] {
  return operation === 'clock.sleep' ? [] : faultKindsOf(operation);
}

function hungUp(call: Call, requests: number): readonly Call[] {
  if (call.method.startsWith('world.')) return [];
  const [ctx, ...others] = call.args as readonly [ContextData, ...unknown[]];
  return Array.from({ length: requests }, (_, behind) => ({
    ...call,
    args: [{ ...ctx, hangsUpAfter: behind + 1 }, ...others],
  }));
}
