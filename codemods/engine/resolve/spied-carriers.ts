import type { Carrier, Flow, Obstacle, Use } from './carrier.js';
import { mayBeFacade } from './may-be-facade.js';
import type { SourceTypes } from './source-types.js';

export interface SpiedInput {
  readonly types: SourceTypes;
  readonly uses: readonly Use[];
  readonly flows: readonly Flow[];
  readonly unions: readonly (readonly [Carrier, Carrier])[];
  /** What else is known to stand in the way, spies among it. */
  readonly obstacles: readonly Obstacle[];
}

/**
 * Carriers that a facade may reach on which somebody replaces a method. The way back would give the facade's own facets
 * away, which know nothing of the replacement, so whatever the facade gets to has to keep holding it. Any other source
 * is looked at when it is called, so that replacing its methods stays seen.
 */
export function spiedCarriers(input: SpiedInput): readonly Obstacle[] {
  return directSpies(input).flatMap(({ carrier, node }): readonly Obstacle[] => {
    const feeders = reached(new Set([carrier]), input, 'backwards');
    if (!mayHoldFacade(feeders, input)) return [];
    return [...reached(feeders, input, 'forwards')].map((one) => ({
      carrier: one,
      node,
      cause: { reason: 'spied-member' },
    }));
  });
}

function directSpies({ uses, obstacles }: SpiedInput): readonly Pick<Obstacle, 'carrier' | 'node'>[] {
  const used = uses.flatMap(({ carrier, node, action }) =>
    carrier !== undefined && action.kind === 'left' && action.cause.reason === 'spied-member'
      ? [{ carrier, node }]
      : [],
  );
  return [...used, ...obstacles.filter(({ cause }) => cause.reason === 'spied-member')];
}

function mayHoldFacade(feeders: ReadonlySet<Carrier>, { flows, types }: SpiedInput): boolean {
  return [...feeders].some((carrier) => {
    const incoming = flows.filter(({ target }) => target === carrier);
    // What nobody hands over in sight of us may be anything.
    if (incoming.length === 0) return carrier.double === undefined;
    return incoming.some(({ from, expression }) => from === undefined && mayBeFacade(expression, types));
  });
}

function reached(
  start: ReadonlySet<Carrier>,
  { flows, unions }: SpiedInput,
  direction: 'backwards' | 'forwards',
): ReadonlySet<Carrier> {
  const found = new Set(start);
  for (const carrier of found) {
    for (const { from, target } of flows) {
      if (from === undefined) continue;
      const [near, far] = direction === 'forwards' ? [from, target] : [target, from];
      if (near === carrier) found.add(far);
    }
    for (const [left, right] of unions) {
      if (left === carrier) found.add(right);
      if (right === carrier) found.add(left);
    }
  }
  return found;
}
