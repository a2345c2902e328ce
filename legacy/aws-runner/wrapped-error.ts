import { AppError } from '../../src/contracts/index.js';

/** The text of an error as the original writes it: an `AppError` goes on with the text of its cause. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AppError && error.cause !== undefined)
    return `${error.message}: ${errorText(error.cause)}`;
  return error.message;
}

/** A plain error whose text is the prefix and the text of what it wraps. */
export function wrapError(prefix: string, cause: unknown): Error {
  return new Error(`${prefix}: ${errorText(cause)}`, { cause });
}

/** Whether an SDK exception has this name; the class tells too little, since some exceptions have none. */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
