import { AppError, type RequestContext } from '../../contracts/index.js';
import { exactImageIdRequired, noImageToRemove } from '../shared/image-errors.js';
import { looksLikeImageId } from '../shared/looks-like-image-id.js';
import { quoteForMessage } from '../shared/quote-for-message.js';
import type { ImageTable } from './dynamodb-image-table.js';
import type { TaskDefinitions } from './ecs-task-definitions.js';
import { type ImageRow, toImageInfo } from './image-row.js';
import { translateError } from './translate-error.js';

/** What removing an image takes. */
export interface RemoveImageDependencies {
  readonly table: ImageTable;
  readonly taskDefinitions: TaskDefinitions;
}

/** Removes the task definitions of an image as far as ECS lets it, then the row. */
export async function removeImage(
  ctx: RequestContext,
  { table, taskDefinitions }: RemoveImageDependencies,
  imageId: string,
): Promise<void> {
  if (!looksLikeImageId(imageId)) throw exactImageIdRequired(imageId);
  const row = await table.findById(ctx, imageId);
  if (row === undefined) throw noImageToRemove(imageId);
  toImageInfo(row);
  if (row.family !== '') await taskDefinitions.removeFamily(ctx, row.family);
  if ((await readAgain(ctx, table, imageId)) === undefined) {
    const cause = new Error(`image with ImageID ${quoteForMessage(imageId)} not found`);
    throw new AppError('NOT_FOUND', 'image not found', { cause });
  }
  await table.delete(ctx, imageId);
}

async function readAgain(
  ctx: RequestContext,
  table: ImageTable,
  imageId: string,
): Promise<ImageRow | undefined> {
  try {
    const row = await table.findById(ctx, imageId);
    if (row !== undefined) toImageInfo(row);
    return row;
  } catch (cause) {
    throw translateError(cause, 'failed to get image by ImageID');
  }
}
