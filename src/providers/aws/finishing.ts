import type { RequestContext } from '../../contracts/index.js';

const deadline = 30_000;

/**
 * The context for what follows the first effect of a call: the client may have hung up by now, and still the call is
 * finished or undone, under a deadline of its own.
 */
export function finishing({ requestId }: RequestContext): RequestContext {
  return { requestId, signal: AbortSignal.timeout(deadline) };
}
