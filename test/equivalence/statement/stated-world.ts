import { AppError } from '../../../src/contracts/index.js';
import type { RequestContext } from '../../../src/contracts/index.js';
import type { Service } from '../../aws-model/service-error.js';
import type { StatedParts } from '../runner-implementation.js';

/** An operation as requests are recorded: `ecs.RunTask`. */
export type Operation = `${Service}.${string}`;

/** What the statement of a method is written with. */
export interface StatedWorld {
  /** Whether a row is in force; without any, the statement is one of the original. */
  readonly has: (row: string) => boolean;
  /** Makes a request. What is asked after the first effect of a call is asked with {@link finishing}. */
  readonly send: <Answer>(ctx: RequestContext, operation: Operation, input: object) => Promise<Answer>;
  /** The same; a failure becomes a coded error with this message. */
  readonly ask: <Answer>(
    ctx: RequestContext,
    operation: Operation,
    input: object,
    message: string,
  ) => Promise<Answer>;
  readonly failure: (cause: unknown, operation: Operation, message: string) => AppError;
  readonly now: () => Date;
  readonly sleep: StatedParts['sleep'];
  readonly warn: (fields: Readonly<Record<string, unknown>>, event: string) => void;
}

export function statedWorld({ session, now, sleep, log }: StatedParts, has: StatedWorld['has']): StatedWorld {
  const send: StatedWorld['send'] = async <Answer>(
    { signal }: RequestContext,
    operation: Operation,
    input: object,
  ) => {
    const [service, name] = operation.split('.') as [Service, string];
    return (await session.send(service, name, input, signal)) as Answer;
  };
  const failure: StatedWorld['failure'] = (cause, operation, message) => {
    const outage = operation.startsWith('dynamodb.') ? 'DATABASE_ERROR' : 'SERVICE_UNAVAILABLE';
    return new AppError(has('outages-are-503') && isOutage(cause) ? outage : 'INTERNAL_ERROR', message, {
      cause,
    });
  };
  return {
    has,
    send,
    failure,
    now,
    sleep,
    warn: log.warn,
    ask: async <Answer>(ctx: RequestContext, operation: Operation, input: object, message: string) => {
      let answer: Answer | undefined;
      try {
        answer = await send<Answer | undefined>(ctx, operation, input);
      } catch (cause) {
        throw failure(cause, operation, message);
      }
      if (answer !== undefined) return answer;
      // No client answers so; doubles do. The original crashes.
      if (!has('outages-are-503')) throw new TypeError('no answer');
      throw new AppError('INTERNAL_ERROR', message, { cause: new Error('AWS gave no answer') });
    },
  };
}

/** Takes one page token after the other, and throws when one has come too often for the list ever to end. */
export function seenTokens({ has }: Pick<StatedWorld, 'has'>, mostOften: number): (token: unknown) => void {
  const times = new Map<string, number>();
  return (token) => {
    if (token === undefined || !has('pages-that-never-end')) return;
    const text = JSON.stringify(token);
    times.set(text, (times.get(text) ?? 0) + 1);
    if ((times.get(text) ?? 0) > mostOften)
      throw new Error('AWS gave the same page token again: the pages would never end');
  };
}

/** The client may have hung up by now, and still the call is finished. */
export function finishing({ has }: Pick<StatedWorld, 'has'>, ctx: RequestContext): RequestContext {
  return has('finished-once-begun') ? withoutSignal(ctx) : ctx;
}

export function withoutSignal({ requestId }: RequestContext): RequestContext {
  return { requestId };
}

const outages = [
  'AbortError',
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'ServiceFailureException',
  'ThrottlingException',
  'TimeoutError',
];

function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { CancellationReasons: reasons = [] } = error as {
    readonly CancellationReasons?: { Code?: string }[];
  };
  if (reasons.some(({ Code }) => Code === 'ThrottlingError')) return true;
  return outages.includes(error.name) || (error as { readonly code?: unknown }).code === 'ECONNRESET';
}

export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** The original wraps what image methods throw in plain errors; with codes on every error, nothing is wrapped. */
export async function wrapping<T>({ has }: StatedWorld, prefix: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    if (cause instanceof TypeError || has('a-code-on-every-error')) throw cause;
    throw wrapped(prefix, cause);
  }
}

export function wrapped(prefix: string, cause: unknown): Error {
  return new Error(`${prefix}: ${textOf(cause)}`, { cause });
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isCoded = error instanceof AppError && error.cause !== undefined;
  return isCoded ? `${error.message}: ${textOf(error.cause)}` : error.message;
}
