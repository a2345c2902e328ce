import type { RequestContext } from '../../contracts/index.js';
import type { ImageTable } from './dynamodb-image-table.js';

/** Takes the mark from every default row in turn. */
export async function unmarkDefaults(ctx: RequestContext, table: ImageTable): Promise<void> {
  for (const { imageId } of await table.listDefaults(ctx)) await table.unmark(ctx, imageId);
}

/** Makes a row the one and only default. */
export async function switchDefaultImage(
  ctx: RequestContext,
  table: ImageTable,
  imageId: string,
): Promise<void> {
  await unmarkDefaults(ctx, table);
  await table.mark(ctx, imageId);
}
