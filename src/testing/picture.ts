/** What is compared of an error: what callers can see of it. Stack texts are not part of it. */
export interface ErrorPicture {
  readonly class: string;
  readonly name: string;
  readonly message: string;
  readonly code: unknown;
  readonly status: unknown;
  /** Absent where the error has none, which differs from a cause of `undefined`. */
  readonly cause?: unknown;
}

/** Chains longer than this are cut; a chain that contains itself would never end. */
const longestChain = 20;

/** An error and everything that caused it, as data. */
export function pictureError(error: Error, depth = 0): ErrorPicture {
  const { code, status } = error as { code?: unknown; status?: unknown };
  const own = { class: classOf(error), name: error.name, message: error.message, code, status };
  if (!('cause' in error)) return own;
  return { ...own, cause: depth < longestChain ? picture(error.cause, depth + 1) : '(chain cut)' };
}

/**
 * A deep copy that later changes cannot reach, with what `structuredClone` loses: classes, functions, `undefined`
 * members. Errors become {@link ErrorPicture}s.
 */
export function picture(value: unknown, depth = 0): unknown {
  return copy(value, depth, new Map());
}

function copy(value: unknown, depth: number, seen: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (value instanceof Error) return pictureError(value, depth);
  if (value instanceof Date) return new Date(value.getTime());
  if (ArrayBuffer.isView(value)) return structuredClone(value);

  if (Array.isArray(value)) {
    const items: unknown[] = [];
    seen.set(value, items);
    for (const item of value) items.push(copy(item, depth, seen));
    return items;
  }
  if (value instanceof Map) {
    const entries = new Map<unknown, unknown>();
    seen.set(value, entries);
    for (const [key, item] of value) entries.set(copy(key, depth, seen), copy(item, depth, seen));
    return entries;
  }
  if (value instanceof Set) return new Set([...value].map((item) => copy(item, depth, seen)));

  const members = Object.create(Object.getPrototypeOf(value) as object | null) as Record<string, unknown>;
  seen.set(value, members);
  for (const [key, item] of Object.entries(value)) members[key] = copy(item, depth, seen);
  return members;
}

/** The name of a value's class; `Object` for plain objects. */
export function classOf(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null;
  return prototype === null ? '(no class)' : (prototype.constructor?.name ?? '(no class)');
}
