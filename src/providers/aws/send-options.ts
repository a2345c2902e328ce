import type { RequestContext } from '../../contracts/index.js';

/** What every SDK call is given beside its input: the caller's cancellation, as the original handed its context on. */
export function sendOptions(ctx: RequestContext): { abortSignal?: AbortSignal } {
  return ctx.signal === undefined ? {} : { abortSignal: ctx.signal };
}
