/**
 * About how many bytes a value would take as JSON. Stops counting once the limit is passed, so that asking for the size
 * of something enormous costs no more than asking for that of something just too large.
 */
export function sizeOf(value: unknown, limit = Number.POSITIVE_INFINITY): number {
  let size = 0;
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && size <= limit) {
    const one = waiting.pop();
    if (typeof one === 'string') size += one.length + 2;
    else if (ArrayBuffer.isView(one)) size += one.byteLength;
    else if (Array.isArray(one)) {
      size += 2 + one.length;
      waiting.push(...(one as readonly unknown[]));
    } else if (typeof one === 'object' && one !== null && !(one instanceof Date)) {
      for (const [name, member] of Object.entries(one)) {
        size += name.length + 4;
        waiting.push(member);
      }
    } else size += 8;
  }
  return size;
}
