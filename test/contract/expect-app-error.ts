import { expect } from 'vitest';

import { AppError, type ErrorCode } from '../../src/contracts/index.js';

/** Waits for a call to fail as its contract says, and gives the error to look further into. */
export async function expectAppError(
  call: Promise<unknown>,
  code: ErrorCode,
  message?: string,
): Promise<AppError> {
  const error = await call.then(
    (value: unknown) =>
      new Error(`the call was to fail with ${code} and resolved to ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw error;
  expect(error.code).toBe(code);
  if (message !== undefined) expect(error.message).toBe(message);
  return error;
}
