import { AppError } from './contracts/index.js';

/**
 * What is said of a failure that ends the program. What a person can act on is a sentence with its causes; anything else
 * is a defect, and its trace is what we need.
 */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof AppError)) return error.stack ?? error.message;
  const lines = [error.message];
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause)
    // Some messages hold the text of their causes already.
    if (!lines.some((line) => line.includes(cause.message))) lines.push(`  because: ${cause.message}`);
  return lines.join('\n');
}

/** Codes as the command line has them: 2 is wrong usage or configuration. */
export function failureExitCode(error: unknown): 1 | 2 {
  return error instanceof AppError && error.code === 'INVALID_REQUEST' ? 2 : 1;
}
