import type { Observed, RequestRecord } from './implementation.js';

/** How a call ended. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | {
      readonly kind: 'failed';
      readonly error: unknown;
      /** Whether it was thrown before a promise was returned. */
      readonly thrown: 'synchronously' | 'asynchronously';
    };

/** Everything that is compared after a call, or after calls that ran together. */
export interface Observation {
  /** One for each call; in a sequence that is one. */
  readonly outcomes: readonly Outcome[];
  /** The arguments as the call left them. */
  readonly argumentsAfter: readonly unknown[];
  readonly requests: readonly RequestRecord[];
  readonly state: unknown;
  readonly logs: readonly unknown[];
}

/** An observation of what a side shows, with nothing left out. */
export function observationOf(
  outcomes: readonly Outcome[],
  argumentsAfter: readonly unknown[],
  observed: Observed,
): Observation {
  const { requests = [], state, logs = [] } = observed;
  return { outcomes, argumentsAfter, requests, state, logs };
}

/** The class of an outcome in tables and floors: `ok`, else the outermost code in the chain, else the error's name. */
export function outcomeClass(outcome: Outcome): string {
  if (outcome.kind === 'returned') return 'ok';
  let name: string | undefined;
  for (let error = outcome.error; typeof error === 'object' && error !== null;) {
    const picture = error as { code?: unknown; name?: unknown; cause?: unknown };
    if (typeof picture.code === 'string') return picture.code;
    if (name === undefined && typeof picture.name === 'string') name = picture.name;
    error = picture.cause;
  }
  return name ?? typeof outcome.error;
}
