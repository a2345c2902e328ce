/** Wrong usage or configuration: what a caller can put right. The message says what happened, to what, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
