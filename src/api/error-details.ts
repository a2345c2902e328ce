import { AppError } from '../contracts/index.js';

const ownKeysOfAnError = new Set(['message', 'stack', 'cause']);

/**
 * Whether somebody of ours wrote the error's text for a reader. Drivers and SDKs throw classes of their own, or plain
 * errors that carry more members than a message (`code`, `errno`, `$metadata`).
 */
function isPlainError(error: Error): boolean {
  return (
    Object.getPrototypeOf(error) === Error.prototype &&
    Reflect.ownKeys(error).every((key) => typeof key === 'string' && ownKeysOfAnError.has(key))
  );
}

/** The text of a cause as far as it may be shown, or nothing. */
function shownText(cause: unknown, status: number): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  if (!(cause instanceof AppError)) return status < 500 && isPlainError(cause) ? cause.message : undefined;
  const inner = shownText(cause.cause, status);
  return inner === undefined ? cause.message : `${cause.message}: ${inner}`;
}

/**
 * The `details` of an answer: the text of the cause where it may be shown, else the error's own message.
 *
 * What may be shown is the text of an `AppError`, always, and that of a plain `Error` with nothing but a message, below
 * status 500: there a provider has worded the reason of its refusal (`task status: STOPPED`). From 500 upwards a plain
 * error is as likely to be a driver's, and it is not worth the risk.
 */
export function errorDetails(error: AppError): string {
  const text = shownText(error.cause, error.status);
  return text === undefined || text === '' ? error.message : text;
}
