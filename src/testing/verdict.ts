import type { Divergence } from './divergence.js';
import type { Fault } from './fault-plan.js';
import type { Implementation } from './implementation.js';
import type { Mismatch } from './mismatch.js';
import type { Normalisation } from './normalisation.js';

/** What is compared, and what is known to differ. */
export interface EquivalenceOptions {
  /** The oracle. */
  readonly reference: Implementation;
  /** What must behave as the oracle. The oracle itself, for the A/A run that shows what is noise. */
  readonly candidate: Implementation;
  readonly divergences?: readonly Divergence[] | undefined;
  readonly normalisations?: readonly Normalisation[] | undefined;
  /** What to compare besides outcomes; all of it, unless a laboratory asks what less would see. */
  readonly compare?: readonly ('arguments' | 'requests' | 'state' | 'logs')[] | undefined;
}

/** What became of a scenario. */
export interface Verdict {
  /** Absent when nothing differed. */
  readonly mismatch: Mismatch | undefined;
  /** Choices at each decision of the calls that ran together. */
  readonly widths: readonly number[];
  /** A fault that met one side only ends a scenario early: what follows it cannot be compared. */
  readonly isWhole: boolean;
  /** The requests of either implementation, by call: where a fault could be played. */
  readonly requests: readonly (readonly Omit<Fault, 'kind'>[])[];
}
