/**
 * A copy of an object with another property in the place of one, or at the end where there was none: the order of keys
 * shows in JSON, in logs and in recorded calls.
 */
export function replaceKey<T extends object, From extends keyof T & string, To extends string, Value>(
  object: T,
  from: From,
  to: To,
  value: Value,
): Omit<T, From> & Record<To, Value> {
  const entries: [string, unknown][] = Object.entries(object);
  const replaced = entries.map(([key, old]) => (key === from ? [to, value] : [key, old]));
  return { ...Object.fromEntries(replaced), [to]: value } as Omit<T, From> & Record<To, Value>;
}
