import { AppError } from '../../contracts/index.js';

/** Turns what an SDK client threw into an error of the contract that says what could not be done. */
export function translateError(cause: unknown, message: string): AppError {
  return new AppError('INTERNAL_ERROR', message, { cause });
}

/** Whether an SDK exception has this name; the class tells too little, since some exceptions have none. */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** Runs a step and translates what it throws. */
export async function naming<T>(message: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    throw translateError(cause, message);
  }
}
