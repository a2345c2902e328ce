import type { Carrier, Flow, Obstacle, Use } from './carrier.js';

export interface EmptyGroupInput {
  readonly uses: readonly Use[];
  readonly flows: readonly Flow[];
  readonly unions: readonly (readonly [Carrier, Carrier])[];
}

/**
 * Expectations with a group that holds nothing, on doubles that reach code which calls the method without the group: a
 * matcher tells the two apart, and which call is meant is not known.
 */
export function emptyGroupObstacles(input: EmptyGroupInput): readonly Obstacle[] {
  return input.uses.flatMap(({ carrier, node, action }): readonly Obstacle[] => {
    if (carrier === undefined || action.kind !== 'double' || action.expectation?.hasEmptyGroup !== true)
      return [];
    const reached = reachedFrom(carrier, input);
    const { name } = action.expectation.method;
    const isUnclear = input.uses.some(
      (use) =>
        use.carrier !== undefined &&
        reached.has(use.carrier) &&
        (use.action.kind === 'inline'
          ? use.action.plan.hasEmptyGroup && use.action.plan.method.name === name
          : // Behind a bridge the code has moved already, and which call it made does not show any more.
            use.carrier === carrier && use.action.kind === 'facet'),
    );
    return isUnclear ? [{ carrier, node, cause: { reason: 'positional-expectation' } }] : [];
  });
}

/** The carriers that a value may get into. */
function reachedFrom(start: Carrier, { flows, unions }: EmptyGroupInput): ReadonlySet<Carrier> {
  const reached = new Set([start]);
  for (const carrier of reached) {
    for (const { from, target } of flows) if (from === carrier) reached.add(target);
    for (const [left, right] of unions) {
      if (left === carrier) reached.add(right);
      if (right === carrier) reached.add(left);
    }
  }
  return reached;
}
