import type { RequestContext } from 'refacet';
import type { Runner } from 'refacet/legacy';

/** Stops several builds at once. */
export async function stopAll(runner: Runner, ctx: RequestContext, executionIds: string[]): Promise<void> {
  await Promise.all(executionIds.map((id) => runner.killTask(ctx, id)));
}
