import type { Call, Scenario } from './scenario.js';

/**
 * Leaves out calls, faults and decisions one by one for as long as the scenario still fails. fast-check shrinks values
 * well, but leaves calls and faults behind that have nothing to do with the failure.
 */
export async function minimise(
  scenario: Scenario,
  stillFails: (smaller: Scenario) => Promise<boolean>,
): Promise<Scenario> {
  let smallest = scenario;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const smaller of smallerOnes(smallest)) {
      if (await stillFails(smaller)) {
        smallest = smaller;
        isSmaller = true;
        break;
      }
    }
  }
  return smallest;
}

/** From the end: later calls need earlier ones more often than the other way round. */
function* smallerOnes(scenario: Scenario): Iterable<Scenario> {
  const { calls, together, decisions } = scenario;
  for (const fewer of without(calls)) yield { ...scenario, calls: fewer };
  for (const fewer of withoutFaults(calls)) yield { ...scenario, calls: fewer };
  if (together) {
    yield { calls };
    // A single call needs no schedule: the same one after the others says more.
    for (const fewer of without(together)) yield { ...scenario, together: fewer };
    for (const fewer of withoutFaults(together)) yield { ...scenario, together: fewer };
  }
  if (decisions && decisions.length > 0) {
    yield { ...scenario, decisions: decisions.slice(0, -1) };
    for (const [position, decision] of decisions.entries()) {
      if (decision !== 0) yield { ...scenario, decisions: decisions.with(position, 0) };
    }
  }
}

function* without(calls: readonly Call[]): Iterable<readonly Call[]> {
  for (let position = calls.length - 1; position >= 0; position -= 1) yield calls.toSpliced(position, 1);
}

function* withoutFaults(calls: readonly Call[]): Iterable<readonly Call[]> {
  for (const [position, call] of calls.entries()) {
    const { faults = [], ...bare } = call;
    for (const index of faults.keys()) {
      const fewer = faults.toSpliced(index, 1);
      yield calls.with(position, fewer.length === 0 ? bare : { ...bare, faults: fewer });
    }
  }
}
