import { RequestFailure } from './request-failure.js';

/**
 * Runs the work of one operation and gives every failure the operation's fixed sentence, such as
 * `failed to kill execution`. A failure that has a sentence already (a bad body, a bad parameter) keeps it.
 */
export async function failedOperation<T>(sentence: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof RequestFailure) throw cause;
    throw new RequestFailure(sentence, cause);
  }
}
