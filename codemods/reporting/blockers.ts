import type { Reason } from '../engine/reasons.js';
import type { LeftAlone, Place } from './left-alone.js';

/** A place that keeps others from moving. */
export interface Blocker extends Place {
  readonly reason: Reason;
  readonly detail?: string;
  /** Uses that could move, were it not for this place. */
  readonly blockedUses: number;
  /** Files that those uses are in. */
  readonly blockedFiles: number;
}

/** The places that keep other uses from moving, with what each would unblock, the most useful first. */
export function findBlockers(leftAlone: readonly LeftAlone[]): readonly Blocker[] {
  const found = new Map<
    string,
    { place: NonNullable<LeftAlone['blockedBy']>; uses: number; files: Set<string> }
  >();
  for (const { kind, path, blockedBy } of leftAlone) {
    if (blockedBy === undefined || kind !== 'use') continue;
    const key = `${blockedBy.path}:${blockedBy.line}:${blockedBy.column}:${blockedBy.reason}`;
    const entry = found.get(key) ?? { place: blockedBy, uses: 0, files: new Set() };
    entry.uses += 1;
    entry.files.add(path);
    found.set(key, entry);
  }
  // The order of the places is kept where two unblock as much.
  return [...found.values()]
    .map(({ place, uses, files }) => ({ ...place, blockedUses: uses, blockedFiles: files.size }))
    .sort((left, right) => right.blockedUses - left.blockedUses || comparePlaces(left, right));
}

/** The order of places: by path, then by position. */
export function comparePlaces(left: Place, right: Place): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return left.line - right.line || left.column - right.column;
}
