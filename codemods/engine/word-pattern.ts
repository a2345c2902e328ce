/** Finds each of the words where it is no part of a longer one. */
export function wordPattern(words: Iterable<string>, flags = ''): RegExp {
  const alternatives = [...new Set(words)].map((word) => word.replace(/[^\w]/g, '\\$&'));
  // An empty choice would be found everywhere.
  if (alternatives.length === 0) return new RegExp('(?!)', flags);
  return new RegExp(`(?<![\\w$])(?:${alternatives.join('|')})(?![\\w$])`, flags);
}
