import type { ts } from 'ts-morph';
import { isUncertain } from '../inline/empty-groups.js';
import { planInline, type InlinePlan } from '../inline/plan-inline.js';
import type { Carrier, Obstacle, Use } from './carrier.js';
import { facetCallGroups, type CallGroups } from './facet-call-groups.js';
import { importedFiles } from './imported-files.js';
import type { SourceTypes } from './source-types.js';

/** Uses with expectations as the code calls the facet, and doubles of which that is not known. */
export interface SettledExpectations {
  readonly uses: readonly Use[];
  readonly obstacles: readonly Obstacle[];
}

interface ProjectCalls {
  readonly allFiles: () => readonly ts.SourceFile[];
  readonly types: SourceTypes;
  /** What the way back is made of: it calls the source with all that it is given. */
  readonly ofWayBack: ReadonlySet<Carrier>;
}

/**
 * Writes expectations as the code under test calls the method: a group of optional members that is empty in all calls is
 * left out, one that is in all calls stays. A matcher tells the two apart, so where calls differ, the double stays. All
 * calls in what the test imports count, those too that moved in an earlier run, so that the order of runs makes no
 * difference.
 */
export function settleExpectations(
  uses: readonly Use[],
  { allFiles, types, ofWayBack }: ProjectCalls,
): SettledExpectations {
  const known = new Map<Carrier, ReadonlySet<ts.SourceFile>>();
  const testedBy = (carrier: Carrier): ReadonlySet<ts.SourceFile> => {
    const found = known.get(carrier);
    if (found !== undefined) return found;
    const tests = uses.flatMap((use) => (use.carrier === carrier ? [use.node.getSourceFile()] : []));
    const files = importedFiles(tests, new Set(allFiles()), types.checker);
    known.set(carrier, files);
    return files;
  };
  const callsOf = ({ method }: InlinePlan, files: ReadonlySet<ts.SourceFile>): readonly CallGroups[] => [
    ...uses.flatMap(({ action, carrier, node }) =>
      action.kind === 'inline' &&
      action.plan.method.name === method.name &&
      (carrier === undefined || !ofWayBack.has(carrier)) &&
      files.has(node.getSourceFile())
        ? [{ empty: new Set(action.plan.groups.empty), isUnclear: false }]
        : [],
    ),
    ...facetCallGroups(method, files, types),
  ];
  const obstacles: Obstacle[] = [];
  const settled = uses.map((use): Use => {
    const { action, carrier, node } = use;
    const expected = action.kind === 'double' ? action.expectation : undefined;
    if (action.kind !== 'double' || expected === undefined || carrier === undefined) return use;
    const { empty, filled } = expected.groups;
    if (empty.length + filled.length === 0) return use;
    const calls = callsOf(expected, testedBy(carrier));
    const isLeftOut = (group: string): boolean => calls.some((call) => call.empty.has(group));
    const isAlwaysLeftOut = (group: string): boolean => calls.every((call) => call.empty.has(group));
    const isUnclear =
      calls.some((call) => call.isUnclear) ||
      empty.some((group) => isLeftOut(group) && !isAlwaysLeftOut(group)) ||
      filled.some((group) => isLeftOut(group) && isUncertain(group, expected, types.checker));
    if (isUnclear) {
      obstacles.push({ carrier, node, cause: { reason: 'positional-expectation' } });
      return use;
    }
    const decision = planInline(expected.call, expected.method, {
      checker: types.checker,
      allowBindings: false,
      boundNames: new Map(),
      emptyGroups: new Set(empty.filter((group) => !isLeftOut(group))),
    });
    return decision.kind === 'inline' ? { ...use, action: { ...action, expectation: decision.plan } } : use;
  });
  return { uses: settled, obstacles };
}
