import type { Difference } from './difference.js';
import type { Observation } from './observation.js';
import type { Scenario } from './scenario.js';

/** Where two implementations came apart. */
export interface Mismatch {
  readonly scenario: Scenario;
  /** Position of the call; the number of `calls` means those that ran together. */
  readonly at: number;
  readonly difference: Difference;
  /** Names of the implementations: the one that decides first. */
  readonly between: readonly [string, string];
  /** Divergences that applied; the candidate was to show what they expect. */
  readonly rows: readonly string[];
  readonly expected: Observation;
  readonly actual: Observation;
}
