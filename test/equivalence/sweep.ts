import { assertEquivalent, faultSweep } from '../../src/testing/index.js';
import type { Coverage, Scenario } from '../../src/testing/index.js';
import { faultKindsOf } from '../aws-model/faults.js';
import { canonicalScenarios } from './canonical-scenarios.js';
import { comparison, corpus } from './comparison.js';
import { allRows } from './rows.js';
import type { ContextData } from './runner-implementation.js';

/** Every fault at every request, and a client that hangs up behind every request, of each second scenario. */
export async function sweep(part: 0 | 1): Promise<Coverage> {
  const equivalence = comparison(allRows);
  const scenarios = [...canonicalScenarios.values()].filter((_, index) => index % 2 === part);
  for await (const scenario of faultSweep(equivalence, scenarios, kindsOf)) {
    await assertEquivalent(equivalence, scenario, { corpus });
  }
  for (const scenario of scenarios) {
    const { requests } = await equivalence.run(scenario, { isCounted: false });
    for (const hungUp of hangUps(
      scenario,
      requests.map(({ length }) => length),
    ))
      await assertEquivalent(equivalence, hungUp, { corpus });
  }
  return equivalence.ledger.coverage;
}

/** Waiting cannot fail. */
function kindsOf(operation: string): readonly string[] {
  return operation === 'clock.sleep' ? [] : faultKindsOf(operation);
}

function* hangUps(scenario: Scenario, requests: readonly number[]): Iterable<Scenario> {
  for (const [position, call] of scenario.calls.entries()) {
    if (call.method.startsWith('world.')) continue;
    const [ctx, ...others] = call.args as readonly [ContextData, ...unknown[]];
    for (let hangsUpAfter = 1; hangsUpAfter <= (requests[position] ?? 0); hangsUpAfter += 1) {
      const hungUp = { ...call, args: [{ ...ctx, hangsUpAfter }, ...others] };
      yield { ...scenario, calls: scenario.calls.with(position, hungUp) };
    }
  }
}
