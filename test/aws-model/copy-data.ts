/**
 * A deep copy of plain data, `Map`s, `Set`s, `Date`s and bytes: what worlds and requests are made of. Ten times as fast
 * as `structuredClone`, which half of the time of a comparison went into.
 */
export function copyData<T>(value: T): T {
  return copy(value, undefined) as T;
}

/** The same for a world, where one object may be in several places, and what never changes is shared. */
export function copyWorld<T>(value: T): T {
  return copy(value, new Map()) as T;
}

/**
 * Plain data that stays as it is for good: what copies of a world may share. Most of a world is such, and where two
 * worlds share it, there is nothing to compare.
 */
export function settled<T>(value: T): T {
  const prototype: unknown = typeof value === 'object' && value !== null && Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype) return value;
  for (const member of Object.values(value as object)) settled(member);
  return Object.freeze(value);
}

function copy(value: unknown, copies: Map<object, unknown> | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies?.get(value);
  if (known !== undefined) return known;
  if (copies !== undefined && Object.isFrozen(value)) return value;
  if (Array.isArray(value)) {
    const items = new Array<unknown>(value.length);
    for (let at = 0; at < value.length; at += 1) items[at] = copy(value[at], copies);
    return items;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    const members: Record<string, unknown> = {};
    copies?.set(value, members);
    for (const key of Object.keys(value))
      members[key] = copy((value as Record<string, unknown>)[key], copies);
    return members;
  }
  if (value instanceof Map) {
    const entries = new Map<unknown, unknown>();
    for (const [key, item] of value) entries.set(copy(key, copies), copy(item, copies));
    return entries;
  }
  if (value instanceof Set) return new Set([...value].map((item) => copy(item, copies)));
  if (value instanceof Date) return new Date(value.getTime());
  return structuredClone(value);
}
