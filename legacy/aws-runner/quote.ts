const shortEscapes = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Quotes text as Go's `%q` does; JSON agrees with it on printable text only. */
export function quote(text: string): string {
  return `"${Array.from(wellFormed(text), quoteCharacter).join('')}"`;
}

function quoteCharacter(character: string): string {
  const short = shortEscapes.get(character);
  if (short !== undefined) return short;
  if (printable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** Go holds text as UTF-8, which has no lone surrogates. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
