import type { RequestContext } from '../../src/contracts/index.js';
import { rethrowCrash } from './failing-step.js';
import { type ImageRow, toImageInfo } from './image-item.js';
import type { ImagesTable } from './images-table.js';
import { newImageItem, type NewImage } from './new-image-item.js';

/** Stores a row. One that is there already keeps when and by which request it was made, and nothing else. */
export async function storeImage(ctx: RequestContext, table: ImagesTable, image: NewImage): Promise<void> {
  const existing = await readExisting(ctx, table, image.imageId);
  const now = table.seconds();
  const requestId = ctx.requestId ?? '';
  const item = newImageItem(image, {
    createdAt: existing?.createdAt ?? now,
    updatedAt: now,
    createdByRequestId: existing?.createdByRequestId ?? requestId,
    modifiedByRequestId: requestId,
  });
  await table.put(ctx, item);
}

/** A row that cannot be read counts as none. */
async function readExisting(
  ctx: RequestContext,
  table: ImagesTable,
  imageId: string,
): Promise<ImageRow | undefined> {
  try {
    const row = await table.get(ctx, imageId);
    if (row !== undefined) toImageInfo(row);
    return row;
  } catch (error) {
    rethrowCrash(error);
    return undefined;
  }
}
