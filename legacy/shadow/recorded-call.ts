import type { Runner } from '../runner.js';

/** A request of AWS and what came of it. */
export interface Exchange {
  /** With its service: `ecs.RunTask`. */
  readonly operation: string;
  /** A copy made when the request was sent. */
  readonly input: unknown;
  readonly answer?: unknown;
  /** What was thrown, the very object; absent where there is an answer. */
  readonly error?: unknown;
}

/** How a call ended. */
export type CallOutcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: unknown };

/** One call of the control, with everything that it asked of the world. */
export interface RecordedCall {
  readonly method: keyof Runner;
  readonly requestId: string | undefined;
  /** Without the context. */
  readonly args: readonly unknown[];
  readonly exchanges: readonly Exchange[];
  /** Every time that the clock told, in order. */
  readonly times: readonly Date[];
  readonly outcome: CallOutcome;
}

export function hasFailed(exchange: Exchange): boolean {
  return 'error' in exchange;
}
