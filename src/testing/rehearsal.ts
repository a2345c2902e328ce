import { CallHarness } from './call-harness.js';
import type { Rehearse } from './divergence.js';
import type { Normaliser } from './normalisation.js';
import { observeCall } from './observe-calls.js';
import type { RunningSide } from './observe-calls.js';
import type { Call } from './scenario.js';

/** The moment before a call. */
export interface BeforeCall {
  /** As the candidate's `save` gave it. */
  readonly world: unknown;
  readonly returned: RunningSide['returned'];
}

/** Lets implementations play a call in the world as it was before the candidate played it. */
export function rehearsalOf(
  before: BeforeCall,
  call: Call,
  position: number,
  normaliser: () => Normaliser,
): Rehearse {
  return async (implementation) => {
    const harness = new CallHarness();
    const side = implementation.build(harness);
    if (before.world === undefined || !side.restore)
      throw new Error(`${implementation.name} cannot rehearse: a side that can save and restore is needed.`);
    side.restore(before.world);
    const { observation } = await observeCall(
      { harness, side, returned: [...before.returned] },
      call,
      position,
    );
    return normaliser().apply(observation);
  };
}
