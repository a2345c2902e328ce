import { classOf } from './picture.js';

/** The first place where two values are not the same. */
export interface Difference {
  /** From the root: `requests.0.input.tags`. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Stands for a member that is not there, which differs from one that is `undefined`. */
export const missing = Symbol('missing');

/**
 * Compares deeply and strictly: missing is not `undefined`, a `Date` is not its text, an object is not an instance of a
 * class. Only the order of an object's keys is of no account.
 */
export function firstDifference(
  expected: unknown,
  actual: unknown,
  path: readonly string[] = [],
): Difference | undefined {
  if (Object.is(expected, actual)) return undefined;
  const here = { path: path.join('.'), expected, actual };
  if (!isObject(expected) || !isObject(actual)) return here;
  if (classOf(expected) !== classOf(actual)) return here;

  if (expected instanceof Date && actual instanceof Date) {
    return Object.is(expected.getTime(), actual.getTime()) ? undefined : here;
  }
  if (expected instanceof Map && actual instanceof Map) {
    return firstDifference([...expected], [...actual], [...path, '(entries)']);
  }
  if (expected instanceof Set && actual instanceof Set) {
    return firstDifference([...expected], [...actual], [...path, '(items)']);
  }
  for (const key of keysOfBoth(expected, actual)) {
    const difference = firstDifference(member(expected, key), member(actual, key), [...path, key]);
    if (difference) return difference;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function keysOfBoth(one: object, other: object): Iterable<string> {
  return new Set([...Object.keys(one), ...Object.keys(other)]);
}

function member(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : missing;
}
