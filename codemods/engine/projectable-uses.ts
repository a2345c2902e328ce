import { ts } from 'ts-morph';
import { isLossy, type Decision } from './demand.js';
import { ownFilesOf } from './facade/own-files.js';
import type { Reason } from './reasons.js';
import type { Carrier, Resolution, Use } from './resolve/carrier.js';
import type { SourceTypes } from './resolve/source-types.js';

export interface ProjectionInput {
  readonly resolution: Resolution;
  readonly decisions: ReadonlyMap<Carrier, Decision>;
  readonly types: SourceTypes;
  readonly isEditable: (node: ts.Node) => boolean;
  /** Carriers for which it has been tried and did not compile. */
  readonly notProjected: ReadonlySet<Carrier>;
  /** Not only of what cannot be split whatever anybody does about it. */
  readonly ofAllStays: boolean;
  /** Name of the only facet that may be moved to. */
  readonly only: string | undefined;
}

/** A whole source is what such a place is for, as long as several facets are needed of it. */
const keepsTheWhole: ReadonlySet<Reason> = new Set([
  'exported-variable',
  'variable-reassigned',
  'returns-source',
  'receiver-not-a-path',
]);

/** Reasons for staying that are about the calls themselves: a spy, a fake or the facade's own code wants to see them. */
const wantsItsCalls: ReadonlySet<Reason> = new Set([
  'spied-member',
  'positional-expectation',
  'facade-test',
  'test-double',
  'implements-source',
  'facade-module',
  'part-of-the-way-back',
]);

/** The calls of what stays that can be inlined all the same, as `facetsOf(runner).taskExecutor.killTask(…)`. */
export function projectableUses({
  resolution,
  decisions,
  types,
  isEditable,
  notProjected,
  ofAllStays,
  only,
}: ProjectionInput): readonly Use[] {
  const { model } = types.facade;
  if (model.wayBack === undefined) return [];
  const ownFiles = ownFilesOf(model);
  const watched = watchedCarriers(resolution);
  return resolution.uses.filter((use) => {
    const { carrier, action, node } = use;
    if (carrier === undefined || action.kind !== 'inline' || isLossy(use) || notProjected.has(carrier))
      return false;
    const decision = decisions.get(carrier);
    if (decision?.kind !== 'stays' || watched.has(carrier)) return false;
    if (only !== undefined && action.plan.slots.some((slot) => model.slots[slot]?.name !== only))
      return false;
    const { reason } = decision.origin.cause;
    if (wantsItsCalls.has(reason) || !(ofAllStays || keepsTheWhole.has(reason))) return false;
    const { expression } = action.plan.call;
    const isPresent =
      ts.isPropertyAccessExpression(expression) &&
      expression.questionDotToken === undefined &&
      !types.isNullable(types.checker.getTypeAtLocation(expression.expression));
    return isPresent && isEditable(node) && !ownFiles.includes(node.getSourceFile().fileName);
  });
}

/** Carriers of which something wants to see the calls, whatever else they stay for. */
function watchedCarriers({ obstacles, uses }: Resolution): ReadonlySet<Carrier> {
  const watched = new Set<Carrier>();
  for (const { carrier, cause } of obstacles) if (wantsItsCalls.has(cause.reason)) watched.add(carrier);
  for (const { carrier, action } of uses) {
    if (carrier !== undefined && action.kind === 'left' && wantsItsCalls.has(action.cause.reason))
      watched.add(carrier);
  }
  return watched;
}
