const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/**
 * Quotes a text for a message, as Go's `%q` does: clients of the original compare such messages.
 * Letters, marks, numbers, punctuation, symbols and the plain space stay as they are.
 */
export function quoteForMessage(text: string): string {
  // Encoding replaces a lone surrogate, which is no character.
  const characters = Buffer.from(text, 'utf8').toString('utf8');
  return `"${Array.from(characters, quoteCharacter).join('')}"`;
}

function quoteCharacter(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) return short;
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x80) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
