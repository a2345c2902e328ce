import { looksLikeImageId } from '../../../legacy/aws-runner/image-id.js';
import { toImageInfo } from '../../../legacy/aws-runner/image-item.js';
import { AppError } from '../../../src/contracts/index.js';
import type { RequestContext } from '../../../src/contracts/index.js';
import { deployment } from '../world-settings.js';
import { removeFamily } from './stated-definitions.js';
import { rowById } from './stated-images.js';
import { finishing, isNamed, wrapping } from './stated-world.js';
import type { StatedWorld } from './stated-world.js';

export async function removeImage(world: StatedWorld, ctx: RequestContext, image: string): Promise<void> {
  if (!looksLikeImageId(image))
    throw new AppError(
      'INVALID_REQUEST',
      'image unregister requires exact ImageID (e.g., "alpine:latest-a1b2c3d4"). ' +
        `Use 'images list' to find the exact ImageID for ${JSON.stringify(image)}`,
    );
  const found = await wrapping(world, 'failed to get image by ImageID', () => read(world, ctx, image));
  if (!found) throw notFound(`image ${JSON.stringify(image)} not found`);

  const rest = finishing(world, ctx);
  if (found.taskDefinitionName !== undefined) await removeFamily(world, rest, found.taskDefinitionName);
  await wrapping(world, 'failed to delete image from repository', async () => {
    if (!world.has('rows-read-once')) await readAgain(world, rest, image);
    await deleteRow(world, rest, image);
  });
}

async function read(world: StatedWorld, ctx: RequestContext, image: string) {
  const row = await rowById(world, ctx, image);
  return row && toImageInfo(row);
}

async function readAgain(world: StatedWorld, ctx: RequestContext, image: string): Promise<void> {
  const found = await read(world, ctx, image).catch((cause: unknown) => {
    if (cause instanceof TypeError) throw cause;
    throw new AppError('INTERNAL_ERROR', 'failed to get image by ImageID', { cause });
  });
  if (!found) throw notFound(`image with ImageID ${JSON.stringify(image)} not found`);
}

function notFound(text: string): AppError {
  return new AppError('NOT_FOUND', 'image not found', { cause: new Error(text) });
}

async function deleteRow({ send, failure }: StatedWorld, ctx: RequestContext, image: string): Promise<void> {
  const input = { TableName: deployment.imagesTable, Key: { image_id: { S: image } } };
  try {
    await send(ctx, 'dynamodb.DeleteItem', input);
  } catch (cause) {
    // What no row can be called is not there.
    if (isNamed(cause, 'ValidationException')) return;
    throw failure(cause, 'dynamodb.DeleteItem', 'failed to delete image mapping');
  }
}
