/** A time as executions and images have it: RFC 3339 in UTC, whole seconds. */
export function wholeSecondTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** A time as users and secrets have it: RFC 3339 in UTC, the digits of the second without trailing zeros. */
export function subSecondTime(time: Date): string {
  return time.toISOString().replace(/\.?0*Z$/, 'Z');
}
