import { findAppError } from '../../src/contracts/index.js';
import { errorText } from '../../legacy/aws-runner/wrapped-error.js';

/** What a caller can see of a failure: the outermost error, and the status, code, message and details that it derives. */
export async function failureOf(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error('expected a failure');
  const appError = findAppError(error);
  return {
    name: error.name,
    text: errorText(error),
    status: appError?.status ?? 500,
    code: appError?.code,
    message: appError === undefined ? errorText(error) : appError.message,
    details:
      appError === undefined
        ? errorText(error)
        : appError.cause === undefined
          ? appError.message
          : errorText(appError.cause),
  };
}
