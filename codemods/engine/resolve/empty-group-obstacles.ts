import type { Obstacle, Use } from './carrier.js';

/**
 * Expectations with a group that holds nothing, of methods that some code calls without the group: a matcher tells the
 * two apart, and which one is meant is not known.
 */
export function emptyGroupObstacles(uses: readonly Use[]): readonly Obstacle[] {
  const withoutGroup = new Set(
    uses.flatMap(({ action }) =>
      action.kind === 'inline' && action.plan.hasEmptyGroup ? [action.plan.method.name] : [],
    ),
  );
  return uses.flatMap(({ carrier, node, action }): readonly Obstacle[] => {
    if (carrier === undefined || action.kind !== 'double' || action.expectation?.hasEmptyGroup !== true)
      return [];
    if (!withoutGroup.has(action.expectation.method.name)) return [];
    return [{ carrier, node, cause: { reason: 'positional-expectation' } }];
  });
}
