import { AppError, type RequestContext } from '../../src/contracts/index.js';
import { naming } from './failing-step.js';
import { findImageById } from './find-images.js';
import type { ImagesTable } from './images-table.js';
import { quote } from './quote.js';

/** Deletes a row after reading it once more. */
export async function deleteImage(ctx: RequestContext, table: ImagesTable, imageId: string): Promise<void> {
  const existing = await naming('failed to get image by ImageID', () => findImageById(ctx, table, imageId));
  if (existing === undefined)
    throw new AppError('NOT_FOUND', 'image not found', {
      cause: new Error(`image with ImageID ${quote(imageId)} not found`),
    });
  await table.delete(ctx, imageId);
}
