import { firstDifference } from './difference.js';
import type { Fault } from './fault-plan.js';
import type { Observation } from './observation.js';
import type { Call } from './scenario.js';

/**
 * A wanted difference from the reference: a function, not an excuse. It states all that the candidate must show
 * instead; what it does not change stays strict. A row that nothing exercises, or that changes nothing, fails.
 */
export interface Divergence {
  readonly id: string;
  readonly methods: readonly string[];
  /** Whether the row is about this call, seen by what the reference did. */
  readonly when: (reference: Observation, call: Call) => boolean;
  /** What the candidate must show, requests and state included. */
  readonly expect: (reference: Observation, call: Call) => Observation;
  /**
   * Where the candidate meets a fault that the reference met: the same one unless said otherwise, `undefined` when it
   * makes no request that could meet it.
   */
  readonly mapFault?: ((fault: Fault) => Fault | undefined) | undefined;
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
export function expectByRows(
  rows: readonly Divergence[],
  reference: Observation,
  call: Call,
): ExpectedByRows {
  let expected = reference;
  const changed: string[] = [];
  for (const row of rows) {
    const next = row.expect(expected, call);
    if (firstDifference(expected, next)) changed.push(row.id);
    expected = next;
  }
  return { expected, applied: rows.map(({ id }) => id), changed };
}

/** The faults of a call as the candidate meets them. */
export function mapFaults(rows: readonly Divergence[], faults: readonly Fault[]): readonly Fault[] {
  let mapped = faults;
  for (const { mapFault } of rows) {
    if (mapFault) mapped = mapped.map(mapFault).filter((fault) => fault !== undefined);
  }
  return mapped;
}
