import type { Difference } from '../../src/testing/difference.js';
import { inputDifference } from './same-input.js';
import { hasFailed } from './recorded-call.js';
import type { Script, ScriptedExchange } from './script.js';
import { clientsThrough, type RunnerWorld } from './world.js';

/** Where a candidate asked for something else than it was to. */
export interface TraceDifference {
  /** `null` where there is none: the candidate asked for more, or for less. */
  readonly expected: string | null;
  readonly actual: string | null;
  /** Where the same operation was asked with another input. */
  readonly input?: Difference | undefined;
}

/** Answers a candidate from a script, and keeps the first request that is not in it. */
export class Replay {
  #position = 0;
  #timesRead = 0;
  #first: TraceDifference | undefined;

  constructor(
    private readonly script: Script,
    private readonly times: readonly Date[],
  ) {}

  /** The world as the candidate sees it: no request leaves it, and nobody waits in it. */
  get world(): RunnerWorld {
    return {
      clients: clientsThrough(async (operation, { input }) => this.#answer(operation, input)),
      now: () => this.#now(),
      sleep: async (_milliseconds, signal) => signal?.throwIfAborted(),
      // What it has to say of tasks that it did not start would only confuse.
      log: { info: () => undefined, warn: () => undefined },
    };
  }

  /**
   * The first request that differed, kept from when it was made, since the candidate may have swallowed what it was told
   * then; else one that it was to make and did not.
   */
  get difference(): TraceDifference | undefined {
    if (this.#first !== undefined) return this.#first;
    const left = this.script.slice(this.#position).find(({ times }) => times === undefined);
    return left && { expected: left.operation, actual: null };
  }

  #answer(operation: string, input: unknown): unknown {
    const exchange = this.#first === undefined ? this.#find(operation, input) : undefined;
    if (exchange === undefined) throw new Error('This request is not part of the recording.');
    if (hasFailed(exchange)) throw exchange.error;
    return structuredClone(exchange.answer);
  }

  /** The next exchange, behind those that may be left out. */
  #find(operation: string, input: unknown): ScriptedExchange | undefined {
    let position = this.#position;
    for (; ; position += 1) {
      const expected = this.script[position];
      const isMeant = expected?.operation === operation;
      if (isMeant && expected.accepts?.(input) === true) return this.#goBehind(position, expected);
      const difference = isMeant ? inputDifference(operation, expected.input, input, this.times) : undefined;
      if (isMeant && difference === undefined && expected.accepts === undefined)
        return this.#goBehind(position, expected);
      if (expected?.times === undefined) {
        this.#first = { expected: expected?.operation ?? null, actual: operation, input: difference };
        return undefined;
      }
    }
  }

  #goBehind(position: number, exchange: ScriptedExchange): ScriptedExchange {
    this.#position = exchange.times === 'any number' ? position : position + 1;
    return exchange;
  }

  /** The times that were told then, in order; the last one again and again. */
  #now(): Date {
    const time = this.times[Math.min(this.#timesRead, this.times.length - 1)];
    this.#timesRead += 1;
    return new Date(time ?? 0);
  }
}
