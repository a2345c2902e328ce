import type { RequestContext } from 'refacet';
import type { Runner } from 'refacet/legacy';

/** Registers what builds run on. */
export async function registerImages(runner: Runner, ctx: RequestContext): Promise<void> {
  await runner.registerImage(
    ctx,
    'builder:2',
    true,
    'builder',
    'puller',
    2048,
    4096,
    'Linux/ARM64',
    'ops@example.com',
  );
}
