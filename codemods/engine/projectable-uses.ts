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
}

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
}: ProjectionInput): readonly Use[] {
  const { model } = types.facade;
  if (model.wayBack === undefined) return [];
  const ownFiles = ownFilesOf(model);
  return resolution.uses.filter((use) => {
    const { carrier, action, node } = use;
    if (carrier === undefined || action.kind !== 'inline' || isLossy(use) || notProjected.has(carrier))
      return false;
    const decision = decisions.get(carrier);
    if (decision?.kind !== 'stays' || wantsItsCalls.has(decision.origin.cause.reason)) return false;
    const { expression } = action.plan.call;
    const isPresent =
      ts.isPropertyAccessExpression(expression) &&
      expression.questionDotToken === undefined &&
      !types.isNullable(types.checker.getTypeAtLocation(expression.expression));
    return isPresent && isEditable(node) && !ownFiles.includes(node.getSourceFile().fileName);
  });
}
