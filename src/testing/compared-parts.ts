import type { Observation } from './observation.js';
import type { EquivalenceOptions } from './verdict.js';

/** What of an observation is compared: all of it, unless less is asked for. */
export function comparedParts(
  observation: Observation,
  compare: EquivalenceOptions['compare'],
): Partial<Observation> {
  if (!compare) return observation;
  const { outcomes, argumentsAfter, requests, state, logs } = observation;
  return {
    outcomes,
    ...(compare.includes('arguments') && { argumentsAfter }),
    ...(compare.includes('requests') && { requests }),
    ...(compare.includes('state') && { state }),
    ...(compare.includes('logs') && { logs }),
  };
}
