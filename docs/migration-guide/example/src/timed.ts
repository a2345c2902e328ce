import type { RequestContext } from 'refacet';
import type { Runner } from 'refacet/legacy';

/** How long the backend takes, in milliseconds, for one of two calls that are chosen by name. */
export async function timed(
  runner: Runner,
  ctx: RequestContext,
  method: 'killTask' | 'removeImage',
  id: string,
): Promise<number> {
  const start = performance.now();
  await runner[method](ctx, id);
  return performance.now() - start;
}
