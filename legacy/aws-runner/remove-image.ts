import { AppError, type RequestContext } from '../../src/contracts/index.js';
import { deleteImage } from './delete-image.js';
import type { Dependencies } from './dependencies.js';
import { wrapping } from './failing-step.js';
import { findImageById } from './find-images.js';
import { looksLikeImageId } from './image-id.js';
import { quote } from './quote.js';
import { removeTaskDefinitions } from './remove-task-definitions.js';

/** Removes the task definitions of an image as far as ECS lets it, then its row. */
export async function removeImage(
  ctx: RequestContext,
  { imagesTable, ecs, config, logger }: Dependencies,
  image: string,
): Promise<void> {
  if (imagesTable === undefined) throw new Error('image repository not configured');
  if (ecs === undefined) throw new Error('ECS client not configured');
  if (config.accountId === '') throw new Error('AWS account ID not configured');
  if (!looksLikeImageId(image)) throw new AppError('INVALID_REQUEST', exactIdMessage(image));
  const found = await wrapping('failed to get image by ImageID', () =>
    findImageById(ctx, imagesTable, image),
  );
  if (found === undefined)
    throw new AppError('NOT_FOUND', 'image not found', {
      cause: new Error(`image ${quote(image)} not found`),
    });
  if (found.taskDefinitionName !== undefined)
    await removeTaskDefinitions(ctx, { ecs, logger }, found.taskDefinitionName);
  await wrapping('failed to delete image from repository', () => deleteImage(ctx, imagesTable, image));
}

function exactIdMessage(image: string): string {
  return (
    'image unregister requires exact ImageID (e.g., "alpine:latest-a1b2c3d4"). ' +
    `Use 'images list' to find the exact ImageID for ${quote(image)}`
  );
}
