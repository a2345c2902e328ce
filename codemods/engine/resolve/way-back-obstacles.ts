import type { CarrierIndex } from './carrier-index.js';
import type { Carrier, Flow, Obstacle } from './carrier.js';

/** The carriers that the way back hands its argument on to: its own code has to keep taking the source. */
export function wayBackObstacles(index: CarrierIndex, flows: readonly Flow[]): readonly Obstacle[] {
  const parameter = index.types.facade.wayBackDeclaration?.parameters[0];
  const start = parameter && index.byDeclaration(parameter);
  if (start === undefined) return [];
  const reached = new Set<Carrier>([start]);
  for (const carrier of reached) {
    for (const { from, target } of flows) if (from === carrier) reached.add(target);
  }
  return [...reached].map((carrier) => ({
    carrier,
    node: carrier.nameNode,
    cause: { reason: 'part-of-the-way-back' },
  }));
}
