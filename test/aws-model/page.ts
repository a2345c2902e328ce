/** A part of a list, and where to go on. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly nextToken: string | undefined;
}

/**
 * Cuts a page from a sorted list. The token names the last entry given, so that entries which disappear between two
 * pages cause no gap.
 */
export function cutPage<Entry>(
  sorted: readonly Entry[],
  nameOf: (entry: Entry) => string,
  size: number,
  token: string | undefined,
  isDescending = false,
): Page<Entry> {
  const isBehind = (entry: Entry): boolean =>
    token === undefined || token === '' || (isDescending ? nameOf(entry) < token : nameOf(entry) > token);
  const following = sorted.filter(isBehind);
  const entries = following.slice(0, size);
  const last = entries.at(-1);
  return {
    entries,
    nextToken: last !== undefined && following.length > entries.length ? nameOf(last) : undefined,
  };
}
