import { decide, type Decision, type DemandInput } from './demand.js';
import type { Carrier } from './resolve/carrier.js';
import { UsageError } from './usage-error.js';

/**
 * Decides as {@link decide}, and keeps everything whose demand is more or other than the one facet. What feeds it stays
 * as well and hands the facet over by the way back.
 */
export function decideOnly(input: DemandInput, facet: string | undefined): ReadonlyMap<Carrier, Decision> {
  if (facet === undefined) return decide(input);
  const { slots } = input.model;
  const wanted = slots.findIndex(({ name }) => name === facet);
  if (wanted < 0) {
    throw new UsageError(
      `There is no facet ${facet}. It is one of ${slots.map(({ name }) => name).join(', ')}.`,
    );
  }
  const forced = new Map(input.forced);
  for (;;) {
    const decisions = decide({ ...input, forced });
    const others = [...decisions].filter(
      ([, decision]) => decision.kind === 'moves' && decision.slots.some((slot) => slot !== wanted),
    );
    if (others.length === 0) return decisions;
    for (const [carrier] of others) {
      forced.set(carrier, { cause: { reason: 'other-facet' }, node: carrier.nameNode });
    }
  }
}
