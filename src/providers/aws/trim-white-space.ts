const space = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const atEnds = new RegExp(`^${space}|${space}$`, 'gu');

/** Strips white space as Go does: U+0085 counts and U+FEFF does not, the reverse of `trim()`. */
export function trimWhiteSpace(text: string): string {
  return text.replace(atEnds, '');
}
