import { AppError } from '../../contracts/index.js';
import { answerOf } from './answer-of.js';
import { isOutage } from './is-outage.js';

/** What an outage is called: DynamoDB's is one of the database, that of any other service is one of the service. */
export type OutageCode = 'SERVICE_UNAVAILABLE' | 'DATABASE_ERROR';

/** Turns what an SDK client threw into an error of the contract that says what could not be done. */
export function translateError(
  cause: unknown,
  message: string,
  outageCode: OutageCode = 'SERVICE_UNAVAILABLE',
): AppError {
  return new AppError(isOutage(cause) ? outageCode : 'INTERNAL_ERROR', message, { cause });
}

/** Whether an SDK exception has this name; the class tells too little, since some exceptions have none. */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** Runs a step and translates what it throws. No answer at all is a failure of the service, like a malformed one. */
export async function naming<T>(
  message: string,
  step: () => Promise<T | undefined>,
  outageCode?: OutageCode,
): Promise<T> {
  try {
    return await answerOf(step());
  } catch (cause) {
    throw translateError(cause, message, outageCode);
  }
}
