import { AppError, findAppError } from '../../src/contracts/index.js';
import { isOutage } from '../../src/providers/aws/is-outage.js';
import type { Exchange, RecordedCall } from './recorded-call.js';
import { notComparable, type NotComparable } from './script.js';

/** What callers see of an error. */
export interface VisibleError {
  readonly code: string | undefined;
  readonly status: number;
  readonly message: string;
}

/** How the facade reports what the monolith failed with: the declared divergences about errors. */
export function expectedError(
  { method, exchanges }: Pick<RecordedCall, 'method' | 'exchanges'>,
  error: unknown,
): VisibleError | NotComparable {
  // Stands for a crash of the original, behind an effect.
  if (error instanceof TypeError) return notComparable('no-crash-after-an-effect');
  const origin = failedExchange(exchanges, error);
  if (origin?.operation === 'ecs.RunTask' && isDefinitionMissing(origin.error))
    return notComparable('no-definition-no-image');
  const visible = coded(method, error);
  if (origin === undefined || !isOutage(origin.error)) return visible;
  const code = origin.operation.startsWith('dynamodb.') ? 'DATABASE_ERROR' : 'SERVICE_UNAVAILABLE';
  return { ...visible, code, status: 503 };
}

/** What callers see of an error of the facade. */
export function visibleError(error: unknown): VisibleError {
  const { code, status, message } = findAppError(error) ?? new AppError('INTERNAL_ERROR', String(error));
  return { code, status, message };
}

/** The exchange whose failure is in the chain of an error, if there is one. */
export function failedExchange(exchanges: readonly Exchange[], error: unknown): Exchange | undefined {
  const chain = chainOf(error);
  return exchanges.find((exchange) => 'error' in exchange && chain.includes(exchange.error));
}

function coded(method: RecordedCall['method'], error: unknown): VisibleError {
  const coded = chainOf(error).filter((one) => one instanceof AppError);
  // Starting a task reports whatever befell the lookup as an image that is not there; the facade passes it on.
  const found = method === 'startTask' ? coded.at(-1) : coded[0];
  if (found !== undefined) return visibleError(found);
  const { message, cause } = error as Error;
  const prefix = cause instanceof Error ? message.slice(0, -`: ${cause.message}`.length) : message;
  return { code: 'INTERNAL_ERROR', status: 500, message: prefix };
}

function chainOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let one = error; one !== undefined && !chain.includes(one);) {
    chain.push(one);
    one = one instanceof Error ? one.cause : undefined;
  }
  return chain;
}

function isDefinitionMissing(error: unknown): boolean {
  return (
    error instanceof Error && error.name === 'ClientException' && /task ?definition/i.test(error.message)
  );
}
