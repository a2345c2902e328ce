import type { ProjectPath } from '../engine/project-path.js';
import type { Reason } from '../engine/reasons.js';
import type { Blocker } from '../reporting/blockers.js';
import { proposeBatches, type Batch } from './batches.js';
import type { OwnersOf } from './code-owners.js';
import type { Survey } from './survey.js';

/** How many uses there are of something: how many can move, how many are left alone. */
export interface Tally {
  readonly canMove: number;
  readonly left: number;
}

/** What is left of a migration, from several sides. */
export interface Status {
  readonly version: 1;
  readonly facade: string;
  readonly source: string;
  readonly found: number;
  readonly canMove: number;
  readonly left: number;
  readonly byFile: readonly ({ readonly path: ProjectPath; readonly owners: readonly string[] } & Tally)[];
  readonly byReason: readonly { readonly reason: Reason; readonly left: number; readonly files: number }[];
  /** Empty without a CODEOWNERS file; no owner stands for files that nobody owns. */
  readonly byOwner: readonly ({ readonly owner: string | undefined; readonly files: number } & Tally)[];
  readonly blockers: readonly Blocker[];
  readonly batches: readonly Batch[];
}

/** Counts what a survey has found. */
export function createStatus(survey: Survey, ownersOf: OwnersOf | undefined): Status {
  const { facade, source, report, remaining } = survey;
  const leftUses = report.leftAlone.filter(({ kind }) => kind === 'use');
  const tallies = new Map<ProjectPath, { found: number; left: number }>();
  const tallyOf = (path: ProjectPath): { found: number; left: number } => {
    const known = tallies.get(path) ?? { found: 0, left: 0 };
    tallies.set(path, known);
    return known;
  };
  for (const { path, member } of remaining) if (member !== source) tallyOf(path).found += 1;
  for (const { path } of leftUses) tallyOf(path).left += 1;
  const byFile = [...tallies]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, { found, left }]) => ({
      path,
      owners: ownersOf?.(path) ?? [],
      canMove: found - left,
      left,
    }));
  return {
    version: 1,
    facade,
    source,
    found: report.found,
    canMove: report.rewritten,
    left: report.left,
    byFile,
    byReason: countReasons(leftUses),
    byOwner: ownersOf === undefined ? [] : countOwners(byFile),
    blockers: report.blockers,
    batches: proposeBatches(survey, ownersOf ?? (() => [])),
  };
}

function countReasons(left: Survey['report']['leftAlone']): Status['byReason'] {
  const files = new Map<Reason, ProjectPath[]>();
  for (const { path, reason, blockedBy } of left) {
    const root = blockedBy?.reason ?? reason;
    files.set(root, [...(files.get(root) ?? []), path]);
  }
  return [...files]
    .map(([reason, paths]) => ({ reason, left: paths.length, files: new Set(paths).size }))
    .sort((one, other) => other.left - one.left || (one.reason < other.reason ? -1 : 1));
}

function countOwners(byFile: Status['byFile']): Status['byOwner'] {
  const found = new Map<string | undefined, { files: number; canMove: number; left: number }>();
  for (const { owners, canMove, left } of byFile) {
    for (const owner of owners.length === 0 ? [undefined] : owners) {
      const entry = found.get(owner) ?? { files: 0, canMove: 0, left: 0 };
      found.set(owner, { files: entry.files + 1, canMove: entry.canMove + canMove, left: entry.left + left });
    }
  }
  const total = ({ canMove, left }: Tally): number => canMove + left;
  return [...found]
    .map(([owner, entry]) => ({ owner, ...entry }))
    .sort((one, other) => total(other) - total(one) || ((one.owner ?? '') < (other.owner ?? '') ? -1 : 1));
}
