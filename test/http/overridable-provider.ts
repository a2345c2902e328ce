import type { Provider } from '../../src/contracts/index.js';

/** A facet, a repository or another part of a provider that has methods. */
export type PartName = {
  [Name in keyof Provider]: Provider[Name] extends object ? Name : never;
}[Exclude<keyof Provider, 'close' | 'upkeep'>];

/** Replaces methods of a provider's parts while the API runs on it. */
export interface Overrides {
  /** From now on `part.method` is this; what was there before is handed in, so that a spy can pass the call on. */
  replace<Part extends PartName, Method extends keyof Provider[Part] & string>(
    part: Part,
    method: Method,
    make: (original: Provider[Part][Method]) => Provider[Part][Method],
  ): void;
  /** From now on `part.method` fails with this. */
  fail<Part extends PartName>(part: Part, method: keyof Provider[Part] & string, error: Error): void;
  /** How often `part.method` was called through the provider, replaced or not. */
  calls<Part extends PartName>(
    part: Part,
    method: keyof Provider[Part] & string,
  ): readonly (readonly unknown[])[];
}

type Callable = (...parameters: unknown[]) => unknown;

/** The same provider, with each call of each part looked up when it is made. */
export function overridable(provider: Provider): {
  readonly provider: Provider;
  readonly overrides: Overrides;
} {
  const replaced = new Map<string, Callable>();
  const recorded = new Map<string, (readonly unknown[])[]>();

  const wrapPart = (part: string, target: object): object =>
    new Proxy(target, {
      get(_, method) {
        const original: unknown = Reflect.get(target, method, target);
        if (typeof original !== 'function' || typeof method !== 'string') return original;
        const name = `${part}.${method}`;
        return (...parameters: unknown[]): unknown => {
          recorded.set(name, [...(recorded.get(name) ?? []), parameters]);
          return (replaced.get(name) ?? (original as Callable).bind(target))(...parameters);
        };
      },
    });
  const parts = new Map<PropertyKey, object>();

  const wrapped = new Proxy(provider, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value === 'function') return (value as Callable).bind(target);
      if (typeof value !== 'object' || value === null || typeof key !== 'string') return value;
      const part = parts.get(key) ?? wrapPart(key, value);
      parts.set(key, part);
      return part;
    },
  });

  const overrides: Overrides = {
    replace(part, method, make) {
      const target = provider[part] as object;
      const original = Reflect.get(target, method, target) as Callable;
      replaced.set(`${part}.${method}`, make(original.bind(target) as never) as Callable);
    },
    fail(part, method, error) {
      replaced.set(`${part}.${method}`, () => failureOf(error));
    },
    calls: (part, method) => recorded.get(`${part}.${method}`) ?? [],
  };
  return { provider: wrapped, overrides };
}

/** Rejects when awaited and when iterated, whichever the method promises. */
function failureOf(error: Error): unknown {
  const rejection = Promise.reject(error);
  rejection.catch(() => undefined);
  return Object.assign(rejection, {
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }),
  });
}
