import type { Remaining, Survey } from './survey.js';

/** How much of each place is left: by file, symbol and member, as one line of the baseline names them. */
export type Counts = ReadonlyMap<string, number>;

/** A place whose count differs from the baseline. */
export interface CountChange {
  readonly place: string;
  readonly before: number;
  readonly now: number;
}

/** How a project stands beside its baseline. */
export type Comparison =
  | { readonly kind: 'same' }
  /** Places have changed, and no member is used more often than before. */
  | { readonly kind: 'better' | 'moved'; readonly changes: readonly CountChange[] }
  | { readonly kind: 'worse'; readonly changes: readonly CountChange[] }
  | { readonly kind: 'unknown'; readonly why: string };

const headerStart = '# refacet baseline 1: ';

/** The baseline of a project: one sorted line per file, symbol and member, so that it merges like code. */
export function printBaseline({ facade, remaining }: Pick<Survey, 'facade' | 'remaining'>): string {
  const lines = [...countRemaining(remaining)].map(([place, count]) => `${place}\t${count}\n`).sort();
  return `${headerStart}${facade}\n${lines.join('')}`;
}

/** Compares a project with the text of a baseline. */
export function compareWithBaseline(
  { facade, remaining }: Pick<Survey, 'facade' | 'remaining'>,
  text: string,
): Comparison {
  const [header = '', ...lines] = text.split(/\r?\n/);
  if (!header.startsWith(headerStart)) return { kind: 'unknown', why: 'it is no baseline of this version' };
  const known = header.slice(headerStart.length);
  if (known !== facade) return { kind: 'unknown', why: `it is about ${known}, not ${facade}` };
  const before = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const match = /^([^\t]+\t[^\t]+\t[^\t]+)\t([1-9]\d*)$/.exec(line);
    if (match?.[1] === undefined) return { kind: 'unknown', why: `its line ${index + 2} cannot be read` };
    before.set(match[1], Number(match[2]));
  }
  return compareCounts(before, countRemaining(remaining));
}

/** How often each place occurs. */
function countRemaining(remaining: readonly Remaining[]): Counts {
  const counts = new Map<string, number>();
  for (const { path, symbol, member } of remaining) {
    const place = `${path}\t${symbol}\t${member}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return counts;
}

function compareCounts(before: Counts, now: Counts): Comparison {
  const changes = [...new Set([...before.keys(), ...now.keys()])]
    .sort()
    .map((place) => ({ place, before: before.get(place) ?? 0, now: now.get(place) ?? 0 }))
    .filter((change) => change.before !== change.now);
  if (changes.length === 0) return { kind: 'same' };
  // Code that is moved or renamed takes its uses along: only more uses of a member are worse.
  const grown = [...totalsByMember(now)].filter(
    ([member, count]) => count > (totalsByMember(before).get(member) ?? 0),
  );
  if (grown.length > 0) {
    const members = new Set(grown.map(([member]) => member));
    const isGrown = (change: CountChange): boolean =>
      change.now > change.before && members.has(memberOf(change.place));
    return { kind: 'worse', changes: changes.filter(isGrown) };
  }
  const isFewer = sum(now) < sum(before);
  return { kind: isFewer ? 'better' : 'moved', changes };
}

function totalsByMember(counts: Counts): Counts {
  const totals = new Map<string, number>();
  for (const [place, count] of counts) {
    const member = memberOf(place);
    totals.set(member, (totals.get(member) ?? 0) + count);
  }
  return totals;
}

function memberOf(place: string): string {
  return place.slice(place.lastIndexOf('\t') + 1);
}

function sum(counts: Counts): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
