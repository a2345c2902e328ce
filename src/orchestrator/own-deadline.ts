import type { RequestContext } from '../contracts/index.js';

/** How long a call may take to finish or to undo what it has begun, in milliseconds. */
const limit = 30_000;

/** The same request with a deadline of its own, for what must be finished or undone though the client hung up. */
export function ownDeadline(ctx: RequestContext): RequestContext {
  return { requestId: ctx.requestId, signal: AbortSignal.timeout(limit) };
}
