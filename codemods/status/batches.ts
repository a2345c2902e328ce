import { posix } from 'node:path';
import { connectFiles } from '../engine/linked-files.js';
import type { ProjectPath } from '../engine/project-path.js';
import type { OwnersOf } from './code-owners.js';
import type { Survey } from './survey.js';

/** Files that are migrated in one change. */
export interface Batch {
  readonly paths: readonly ProjectPath[];
  readonly owners: readonly string[];
  /** Uses of the source in these files, movable or not. */
  readonly uses: number;
}

/** More files than this make a change that nobody likes to review. */
const maximumFiles = 20;

/**
 * Proposes batches that can be merged one by one, in any order: what hands values on to each other goes together where
 * it can, nobody has to review what belongs to somebody else, and no batch is large.
 */
export function proposeBatches({ report, remaining, links }: Survey, ownersOf: OwnersOf): readonly Batch[] {
  const groups = connectFiles(report.changedFiles, links).flatMap((group) => divide(group, ownersOf));
  const ownersKey = (group: readonly ProjectPath[]): string => ownersOf(group[0] ?? '').join(' ');
  const batches: ProjectPath[][] = [];
  // Small groups of the same people in the same folder make one batch.
  for (const group of groups) {
    const [first = '' as ProjectPath] = group;
    const fitting = batches.find(
      (batch) =>
        batch.length + group.length <= maximumFiles &&
        ownersKey(batch) === ownersKey(group) &&
        posix.dirname(batch[0] ?? '') === posix.dirname(first),
    );
    if (fitting === undefined) batches.push([...group]);
    else fitting.push(...group);
  }
  return batches.map((paths) => ({
    paths: paths.sort(),
    owners: ownersOf(paths[0] ?? ''),
    uses: remaining.filter(({ path }) => paths.includes(path)).length,
  }));
}

/** A group as it is, or by owner, then by folder, then by size. */
function divide(group: readonly ProjectPath[], ownersOf: OwnersOf): readonly ProjectPath[][] {
  const byOwner = groupBy(group, (file) => ownersOf(file).join(' '));
  return byOwner.flatMap((owned) =>
    owned.length <= maximumFiles ? [owned] : groupBy(owned, (file) => posix.dirname(file)).flatMap(cut),
  );
}

function cut(files: readonly ProjectPath[]): readonly ProjectPath[][] {
  const pieces: ProjectPath[][] = [];
  for (let start = 0; start < files.length; start += maximumFiles) {
    pieces.push(files.slice(start, start + maximumFiles));
  }
  return pieces;
}

function groupBy(
  files: readonly ProjectPath[],
  keyOf: (file: ProjectPath) => string,
): readonly ProjectPath[][] {
  const groups = new Map<string, ProjectPath[]>();
  for (const file of files) groups.set(keyOf(file), [...(groups.get(keyOf(file)) ?? []), file]);
  return [...groups.values()];
}
