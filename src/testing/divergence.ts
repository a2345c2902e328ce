import { firstDifference } from './difference.js';
import type { Fault } from './fault-plan.js';
import type { Implementation } from './implementation.js';
import type { Observation } from './observation.js';
import type { Call } from './scenario.js';

/** Plays a call again in the world as it was before the call, under the same faults. */
export type Rehearse = (implementation: Implementation) => Promise<Observation>;

/**
 * A wanted difference from the reference: a function, not an excuse. It states all that the candidate must show
 * instead; what it does not change stays strict. A row that nothing exercises, or that changes nothing, fails.
 */
export interface Divergence {
  readonly id: string;
  readonly methods: readonly string[];
  /** Whether the row is about this call, seen by what the reference did. */
  readonly when: (reference: Observation, call: Call) => boolean;
  /**
   * What the candidate must show, requests and state included. `actual` is for what cannot be told from what the
   * reference did, such as the answer to a request that it never made: take nothing else from it, since what is taken
   * is not compared. `rehearse` is the stricter way to such answers: it plays a statement of what is expected, itself
   * an implementation, in the candidate's world.
   */
  readonly expect: (
    reference: Observation,
    call: Call,
    actual: Observation,
    rehearse: Rehearse,
  ) => Observation | Promise<Observation>;
  /**
   * Whether the row is about the outcome alone, whatever else runs at the same time. Only such rows apply to calls that
   * run together.
   */
  readonly isOutcomeOnly?: boolean | undefined;
  /**
   * Where the candidate meets a fault that the reference met: the same one unless said otherwise, `undefined` when it
   * makes no request that could meet it.
   */
  readonly mapFault?: ((fault: Fault, reference: Observation) => Fault | undefined) | undefined;
  /**
   * Whether the comparison goes on although a fault met one of the two only. For rows whose `expect` says what holds
   * even then; without one, such a fault ends the scenario.
   */
  readonly toleratesFaults?: boolean | undefined;
  readonly reason: string;
  /** Version that brought it. */
  readonly since: string;
}

/** What the rows make of a call: which of them apply, and what the candidate must show. */
export interface ExpectedByRows {
  readonly expected: Observation;
  readonly applied: readonly string[];
  readonly changed: readonly string[];
}

/** The rows that are about a call. */
export function rowsFor(
  rows: readonly Divergence[],
  reference: Observation,
  call: Call,
): readonly Divergence[] {
  return rows.filter((row) => row.methods.includes(call.method) && row.when(reference, call));
}

/** Applies rows one after the other, each to what the one before made of it. */
export async function expectByRows(
  rows: readonly Divergence[],
  reference: Observation,
  call: Call,
  actual: Observation,
  rehearse: Rehearse,
): Promise<ExpectedByRows> {
  let expected = reference;
  const changed: string[] = [];
  for (const row of rows) {
    const next = await row.expect(expected, call, actual, rehearse);
    if (firstDifference(expected, next)) changed.push(row.id);
    expected = next;
  }
  return { expected, applied: rows.map(({ id }) => id), changed };
}

/** The faults of a call as the candidate meets them. */
export function mapFaults(
  rows: readonly Divergence[],
  faults: readonly Fault[],
  reference: Observation,
): readonly Fault[] {
  let mapped = faults;
  for (const { mapFault } of rows) {
    if (!mapFault) continue;
    mapped = mapped.map((fault) => mapFault(fault, reference)).filter((fault) => fault !== undefined);
  }
  return mapped;
}

/** The rows about outcomes alone, applied to each of some calls that ran together. */
export async function expectTogetherByRows(
  rows: readonly Divergence[],
  reference: Observation,
  calls: readonly Call[],
  actual: Observation,
): Promise<ExpectedByRows> {
  const lanes = await Promise.all(
    calls.map((call, lane) => {
      const alone = laneOf(reference, lane);
      const chosen = rowsFor(
        rows.filter(({ isOutcomeOnly }) => isOutcomeOnly === true),
        alone,
        call,
      );
      return expectByRows(chosen, alone, call, laneOf(actual, lane), refuseToRehearse);
    }),
  );
  return {
    expected: { ...reference, outcomes: lanes.flatMap(({ expected }) => expected.outcomes) },
    applied: lanes.flatMap(({ applied }) => applied),
    changed: lanes.flatMap(({ changed }) => changed),
  };
}

function refuseToRehearse(): Promise<never> {
  return Promise.reject(new Error('What ran together cannot be rehearsed alone.'));
}

function laneOf(observation: Observation, lane: number): Observation {
  const { outcomes, argumentsAfter, requests } = observation;
  return {
    ...observation,
    outcomes: outcomes.slice(lane, lane + 1),
    argumentsAfter: argumentsAfter.slice(lane, lane + 1),
    requests: requests.filter(({ call }) => call === lane),
  };
}
