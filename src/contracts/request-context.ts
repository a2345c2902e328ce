/** What every call carries: who asked, and until when the answer is wanted. */
export interface RequestContext {
  /** Identifies the request in records and in the backend's own logs; what `trace` looks up. */
  readonly requestId?: string | undefined;
  /**
   * Cancels reads, waits, polls and the first effect of a call. What a call has begun it finishes or undoes under a
   * deadline of its own, so a client that hangs up never loses a task.
   */
  readonly signal?: AbortSignal | undefined;
}
