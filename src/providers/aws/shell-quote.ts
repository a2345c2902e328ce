/** One word of shell text that stands for exactly this value, whatever is in it. */
export function shellQuote(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
