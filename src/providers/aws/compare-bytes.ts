/** Compares two texts by their bytes in UTF-8, as DynamoDB orders keys; JavaScript's own order differs beyond U+FFFF. */
export function compareBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
