import type { BoundNames } from '../inline/bound-names.js';
import type { CarrierIndex } from './carrier-index.js';
import type { SourceTypes } from './source-types.js';

/** What deciding about uses needs besides the code. */
export interface UseContext {
  readonly types: SourceTypes;
  readonly index: CarrierIndex;
  readonly allowBindings: boolean;
  /** Names that bindings of this run have taken, by the block that holds them. */
  readonly boundNames: BoundNames;
}
