/** What a {@link RequestFailure} says beyond its sentence. */
export interface RequestFailureOptions {
  /** Sent as `details` in place of what the cause would give; an empty string sends none. */
  readonly details?: string;
}

/**
 * A request that failed, in the words of its operation: `sentence` becomes the `error` of the answer, and status, code
 * and `details` come from the cause. Only the error handler turns it into a body.
 */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  readonly sentence: string;
  readonly details: string | undefined;

  constructor(sentence: string, cause: unknown, options: RequestFailureOptions = {}) {
    super(sentence, { cause });
    this.sentence = sentence;
    this.details = options.details;
  }
}
