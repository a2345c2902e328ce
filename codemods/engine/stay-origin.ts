import type { ts } from 'ts-morph';
import type { Cause } from './reasons.js';

/** The root of a carrier's staying: what would have to change for it to move. */
export interface StayOrigin {
  readonly cause: Cause;
  readonly node: ts.Node;
}
