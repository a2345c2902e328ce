import type { Fault } from './fault-plan.js';
import type { Observation } from './observation.js';

/** Each request that either of the two has made, once. */
export function occurrencesOf(...observations: readonly Observation[]): Omit<Fault, 'kind'>[] {
  const most = new Map<string, number>();
  for (const { requests } of observations) {
    const counts = new Map<string, number>();
    for (const { operation } of requests) counts.set(operation, (counts.get(operation) ?? 0) + 1);
    for (const [operation, count] of counts) most.set(operation, Math.max(count, most.get(operation) ?? 0));
  }
  return [...most].flatMap(([operation, count]) =>
    Array.from({ length: count }, (_, index) => ({ operation, occurrence: index + 1 })),
  );
}
