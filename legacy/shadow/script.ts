import { hasFailed, type Exchange, type RecordedCall } from './recorded-call.js';

/** A request that the candidate is to make, and what it is answered with. */
export interface ScriptedExchange extends Exchange {
  /** How often; absent means exactly once. `any number` includes none. */
  readonly times?: 'at most once' | 'any number' | undefined;
  /** Which inputs will do, where the recording does not say which one it is to be. Absent means `input` exactly. */
  readonly accepts?: ((input: unknown) => boolean) | undefined;
}

/** The requests that the candidate is to make, in order. */
export type Script = readonly ScriptedExchange[];

/** What cannot be told from a recording, and the declared divergence that it belongs to. */
export interface NotComparable {
  readonly row: string;
}

/** The two implementations of `Runner`. */
export type Party = 'monolith' | 'facade';

/**
 * What a party asks for in a call, told from what the other one did: the rows of the declared divergences, as far as a
 * recording can answer what they change.
 */
export type Translation = Readonly<Record<Party, (call: RecordedCall) => Script | NotComparable>>;

export function notComparable(row: string): NotComparable {
  return { row };
}

export function isNotComparable(value: Script | NotComparable): value is NotComparable {
  return 'row' in value;
}

/** The exchanges of an operation. */
export function exchangesOf({ exchanges }: RecordedCall, operation: string): readonly Exchange[] {
  return exchanges.filter((exchange) => exchange.operation === operation);
}

/** The same answer, or the same failure, to another input. */
export function askedAs(exchange: Exchange, input: unknown): Exchange {
  return { ...exchange, input };
}

/** A request with an answer that was told from others. */
export function answering(operation: string, input: unknown, answer: unknown): Exchange {
  return { operation, input, answer };
}

/** Whether a listing did not come to its end. */
export function isCutOff(exchange: Exchange): boolean {
  if (hasFailed(exchange)) return false;
  const { LastEvaluatedKey, nextToken } = (exchange.answer ?? {}) as {
    readonly LastEvaluatedKey?: unknown;
    readonly nextToken?: unknown;
  };
  return LastEvaluatedKey !== undefined || (nextToken !== undefined && nextToken !== '');
}
