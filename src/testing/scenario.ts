import type { Fault } from './fault-plan.js';

/** Stands in an argument for something that exists only once the scenario runs. */
export interface Reference {
  /**
   * A pool that the implementations offer, or `result:<method>` for what that method has returned so far in this
   * scenario, with a path into it where needed: `result:startTask.executionId`.
   */
  readonly $ref: string;
  /** Position in the pool, counted round: any number finds something unless the pool is empty. */
  readonly at: number;
  /** What to take from an empty pool. */
  readonly otherwise?: unknown;
}

/** One call, as data: JSON, `undefined` and references. */
export interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
  /** Faults that meet the requests of this call. */
  readonly faults?: readonly Fault[] | undefined;
}

/**
 * Calls one after the other, then some at once. Plain data, so that a failure can be replayed, kept as JSON and made
 * smaller by leaving things out.
 */
export interface Scenario {
  readonly calls: readonly Call[];
  /** Calls made at the same time, after `calls`. */
  readonly together?: readonly Call[] | undefined;
  /** Which waiting request goes on next, each time that one does; missing decisions are 0. */
  readonly decisions?: readonly number[] | undefined;
}

/** A reference for use in arguments. */
export function ref(pool: string, at: number, otherwise?: unknown): Reference {
  return otherwise === undefined ? { $ref: pool, at } : { $ref: pool, at, otherwise };
}

/** Whether a part of an argument is a {@link Reference}. */
export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && '$ref' in value && 'at' in value;
}

/** Replaces every reference in an argument, however deep it lies, by what the pools hold now. */
export function resolveReferences(value: unknown, poolNamed: (pool: string) => readonly unknown[]): unknown {
  if (isReference(value)) {
    const pool = poolNamed(value.$ref);
    return pool.length === 0 ? value.otherwise : pool[Math.abs(value.at) % pool.length];
  }
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, poolNamed));
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, resolveReferences(item, poolNamed)]),
    );
  }
  return value;
}
