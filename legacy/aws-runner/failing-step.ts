import { AppError } from '../../src/contracts/index.js';
import { wrapError } from './wrapped-error.js';

/**
 * A `TypeError` stands for a crash of the original (a nil dereference), which no caller of its functions could catch:
 * it passes through everything that handles errors.
 */
export function rethrowCrash(error: unknown): void {
  if (error instanceof TypeError) throw error;
}

/** Runs a step; what it throws becomes the cause of an internal error with this message. */
export async function naming<T>(message: string, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    rethrowCrash(cause);
    throw new AppError('INTERNAL_ERROR', message, { cause });
  }
}

/** Runs a step; what it throws is wrapped in a plain error. */
export async function wrapping<T>(prefix: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    rethrowCrash(cause);
    throw wrapError(prefix, cause);
  }
}
