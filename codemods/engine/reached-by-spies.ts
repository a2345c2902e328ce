import type { StayOrigin } from './stay-origin.js';
import type { Carrier, Flow, Obstacle, Resolution, Use } from './resolve/carrier.js';

/**
 * What a facade reaches that gets a spy put on it. The way back would open the facade before the spy is there, so all of
 * it keeps the source: the one reason for staying that goes the way of the values. Whatever else is watched is called
 * through the way back at the time, spies included.
 */
export function reachedBySpies({ uses, flows, obstacles }: Resolution): ReadonlyMap<Carrier, StayOrigin> {
  const into = new Map<Carrier, Flow[]>();
  const outOf = new Map<Carrier, Flow[]>();
  for (const flow of flows) {
    into.set(flow.target, [...(into.get(flow.target) ?? []), flow]);
    if (flow.from !== undefined) outOf.set(flow.from, [...(outOf.get(flow.from) ?? []), flow]);
  }
  const reached = new Map<Carrier, StayOrigin>();
  for (const { carrier, cause, node } of [...uses.flatMap(leftOf), ...obstacles]) {
    if (cause.reason !== 'spied-member' || !mayHoldFacade(carrier, new Set())) continue;
    const origin = { cause, node };
    const pending = [...aliasesOf(carrier)];
    for (const one of pending) {
      if (reached.has(one)) continue;
      reached.set(one, origin);
      pending.push(...(outOf.get(one) ?? []).map(({ target }) => target));
    }
  }
  return reached;

  function mayHoldFacade(carrier: Carrier, seen: Set<Carrier>): boolean {
    if (seen.has(carrier)) return false;
    seen.add(carrier);
    return (into.get(carrier) ?? []).some(({ from, mayBeFacade }) =>
      from === undefined ? mayBeFacade : mayHoldFacade(from, seen),
    );
  }

  /** Whatever may hold the very same object: a function that puts spies on its parameter has it from its callers. */
  function aliasesOf(carrier: Carrier): ReadonlySet<Carrier> {
    const aliases = new Set([carrier]);
    for (const alias of aliases) {
      for (const { from } of into.get(alias) ?? []) if (from !== undefined) aliases.add(from);
    }
    return aliases;
  }
}

function leftOf({ carrier, node, action }: Use): readonly Obstacle[] {
  return carrier !== undefined && action.kind === 'left' ? [{ carrier, node, cause: action.cause }] : [];
}
