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
export function firstDifference(expected: unknown, actual: unknown): Difference | undefined {
  const found = find(expected, actual);
  return found && { path: found.path.reverse().join('.'), expected: found.expected, actual: found.actual };
}

/** The path is built from its end, on the way back: most comparisons find nothing and need none. */
interface Found {
  readonly path: string[];
  readonly expected: unknown;
  readonly actual: unknown;
}

function find(expected: unknown, actual: unknown): Found | undefined {
  if (Object.is(expected, actual)) return undefined;
  if (!isObject(expected) || !isObject(actual)) return { path: [], expected, actual };
  if (classOf(expected) !== classOf(actual)) return { path: [], expected, actual };

  if (expected instanceof Date && actual instanceof Date) {
    return Object.is(expected.getTime(), actual.getTime()) ? undefined : { path: [], expected, actual };
  }
  if (isCollection(expected) && isCollection(actual)) return find([...expected], [...actual]);

  const keys = Object.keys(expected);
  for (const key of keys) {
    const found = find((expected as Record<string, unknown>)[key], member(actual, key));
    if (found) return below(found, key);
  }
  const keysOfActual = Object.keys(actual);
  // Each key of the one is a key of the other by now.
  if (keysOfActual.length === keys.length) return undefined;
  for (const key of keysOfActual) {
    if (!Object.hasOwn(expected, key))
      return below({ path: [], expected: missing, actual: member(actual, key) }, key);
  }
  return undefined;
}

function below(found: Found, key: string): Found {
  found.path.push(key);
  return found;
}

function isCollection(value: object): value is ReadonlyMap<unknown, unknown> | ReadonlySet<unknown> {
  return value instanceof Map || value instanceof Set;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function member(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : missing;
}
