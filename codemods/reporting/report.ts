import type { ts } from 'ts-morph';
import type { StayOrigin } from '../engine/stay-origin.js';
import type { MigrationPlan } from '../engine/plan-migration.js';
import { isWithin, toProjectPath, type ProjectPath } from '../engine/project-path.js';
import type { Cause, Reason } from '../engine/reasons.js';
import type { Use } from '../engine/resolve/carrier.js';
import type { Account } from './account.js';
import { comparePlaces, findBlockers, type Blocker } from './blockers.js';
import type { Place, LeftAlone } from './left-alone.js';

/** The one model that every report is made from. */
export interface Report {
  readonly version: 1;
  /** Uses of members of the source in the scope: `rewritten` and `left` add up to it. */
  readonly found: number;
  readonly rewritten: number;
  readonly left: number;
  readonly changedFiles: readonly ProjectPath[];
  /** Files that change although they were not asked for: those of earlier runs, and callers of what changed. */
  readonly touchedBesides: readonly ProjectPath[];
  /** Type errors that were there before, in the files that were checked: they stop nothing. */
  readonly earlierErrors: number;
  readonly leftAlone: readonly LeftAlone[];
  /** What keeps other uses from moving, and how many: the list of what is worth doing, best first. */
  readonly blockers: readonly Blocker[];
  /** What every occurrence of a member's name is. Missing where nobody asked for it. */
  readonly occurrences?: Account;
}

/** Reasons that are no work for anybody: the facade's own module, code beyond the scope, doubles that stay valid. */
const settled: ReadonlySet<Reason> = new Set([
  'facade-module',
  'part-of-the-way-back',
  'out-of-scope',
  'other-facet',
  'symbolic-link',
  'test-double',
  'facade-test',
  'implements-source',
]);

export interface ReportInput {
  readonly plan: MigrationPlan;
  readonly root: string;
  readonly scope: readonly string[];
  /** The paths of this run alone; empty means all. */
  readonly given?: readonly string[];
  /** Files of the facade and of the source: their uses are the migration itself. */
  readonly ownFiles: readonly string[];
  readonly occurrences?: Account;
}

/** Whether something is left for a person to do. */
export function hasWorkLeft({ leftAlone }: Report): boolean {
  return leftAlone.some(isWork);
}

/** Whether a line of the report is something for a person to do. */
export function isWork({ reason, blockedBy }: Pick<LeftAlone, 'reason' | 'blockedBy'>): boolean {
  return !settled.has(blockedBy?.reason ?? reason);
}

/** Turns a plan into the report, in the order of the files and their text. */
export function createReport(input: ReportInput): Report {
  const { plan, root, scope, given = [], ownFiles, occurrences } = input;
  const changedFiles = plan.files.map(({ path }) => toProjectPath(root, path));
  const isReported = (node: ts.Node): boolean => {
    const { fileName } = node.getSourceFile();
    const path = toProjectPath(root, fileName);
    return !ownFiles.includes(fileName) && (scope.length === 0 || scope.some((one) => isWithin(path, one)));
  };
  const uses = plan.resolution.uses.filter(({ node, member }) => member !== undefined && isReported(node));
  const leftUses = uses.flatMap((use) => leftUse(use, plan, root));
  const used = new Set(uses.flatMap((use) => (plan.projected.has(use) ? [] : (use.carrier ?? []))));
  const leftCarriers = plan.resolution.carriers.flatMap((carrier): readonly LeftAlone[] => {
    const decision = plan.decisions.get(carrier);
    if (decision?.kind !== 'stays' || used.has(carrier) || !isReported(carrier.nameNode)) return [];
    const place = placeOf(root, carrier.nameNode);
    const isOwn = decision.origin.node === carrier.nameNode;
    return [
      {
        ...place,
        name: carrier.name,
        kind: 'carrier',
        ...(isOwn ? plain(decision.origin.cause) : blocked(root, decision.origin)),
      },
    ];
  });
  const leftAlone = [...leftUses, ...leftCarriers].sort(comparePlaces);
  return {
    version: 1,
    found: uses.length,
    rewritten: uses.length - leftUses.length,
    left: leftUses.length,
    earlierErrors: plan.earlierErrors,
    changedFiles,
    touchedBesides: changedFiles.filter(
      (path) => given.length > 0 && !given.some((one) => isWithin(path, one)),
    ),
    leftAlone,
    blockers: findBlockers(leftAlone),
    ...(occurrences === undefined ? {} : { occurrences }),
  };
}

function leftUse(use: Use, plan: MigrationPlan, root: string): readonly LeftAlone[] {
  const { carrier, node, member, action } = use;
  if (plan.projected.has(use)) return [];
  const place = { ...placeOf(root, node), name: member ?? '', kind: 'use' as const };
  if (action.kind === 'left') return [{ ...place, ...plain(action.cause) }];
  const decision = carrier && plan.decisions.get(carrier);
  if (decision?.kind !== 'stays') return [];
  const { origin } = decision;
  return [{ ...place, ...(origin.node === node ? plain(origin.cause) : blocked(root, origin)) }];
}

function plain({ reason, detail }: Cause): { reason: Reason; detail?: string } {
  return detail === undefined ? { reason } : { reason, detail };
}

function blocked(root: string, { cause, node }: StayOrigin): Pick<LeftAlone, 'reason' | 'blockedBy'> {
  return { reason: 'blocked-by', blockedBy: { ...placeOf(root, node), ...plain(cause) } };
}

function placeOf(root: string, node: ts.Node): Place {
  const file = node.getSourceFile();
  const { line, character } = file.getLineAndCharacterOfPosition(node.getStart());
  return { path: toProjectPath(root, file.fileName), line: line + 1, column: character + 1 };
}
