import type { RequestContext } from '../../contracts/index.js';
import { exactImageIdRequired, noImageToRemove } from '../shared/image-errors.js';
import { looksLikeImageId } from '../shared/looks-like-image-id.js';
import type { ImageTable } from './dynamodb-image-table.js';
import type { TaskDefinitions } from './ecs-task-definitions.js';
import { finishing } from './finishing.js';
import { toImageInfo } from './image-row.js';

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
  const rest = finishing(ctx);
  if (row.family !== '') await taskDefinitions.removeFamily(rest, row.family);
  await table.delete(rest, imageId);
}
