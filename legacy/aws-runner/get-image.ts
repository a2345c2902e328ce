import { AppError, type ImageInfo, type RequestContext } from '../../src/contracts/index.js';
import type { Dependencies } from './dependencies.js';
import { wrapping } from './failing-step.js';
import {
  findAnyImage,
  findDefaultImage,
  findImageById,
  listAllImages,
  listImagesByRequestId,
} from './find-images.js';
import { looksLikeImageId } from './image-id.js';
import type { ImagesTable } from './images-table.js';

type ImageDependencies = Pick<Dependencies, 'imagesTable'>;

export async function listImages(
  ctx: RequestContext,
  { imagesTable }: ImageDependencies,
): Promise<ImageInfo[]> {
  const table = requireTable(imagesTable);
  return wrapping('failed to list images from repository', () => listAllImages(ctx, table));
}

/** An image by ID or reference, or the default image for an empty string. */
export async function getImage(
  ctx: RequestContext,
  { imagesTable }: ImageDependencies,
  image: string,
): Promise<ImageInfo> {
  const table = requireTable(imagesTable);
  if (image === '') return getDefaultImage(ctx, table);
  const found = looksLikeImageId(image)
    ? await wrapping('failed to get image by ImageID', () => findImageById(ctx, table, image))
    : await wrapping('failed to get image', () => findAnyImage(ctx, table, image));
  if (found === undefined) throw new AppError('NOT_FOUND', `image not found: ${image}`);
  return found;
}

/** The reference of the default image, empty when there is none. */
export async function getDefaultImageFromDb(
  ctx: RequestContext,
  { imagesTable }: ImageDependencies,
): Promise<string> {
  const table = requireTable(imagesTable);
  const found = await wrapping('failed to get default image', () => findDefaultImage(ctx, table));
  return found?.image ?? '';
}

/** The family of the task definitions of an image, despite the name. */
export async function getTaskDefinitionArnForImage(
  ctx: RequestContext,
  { imagesTable }: ImageDependencies,
  image: string,
): Promise<string> {
  const table = requireTable(imagesTable);
  const found = looksLikeImageId(image)
    ? await wrapping('failed to get task definition by ImageID', () => findImageById(ctx, table, image))
    : await wrapping('failed to get task definition for image', () => findAnyImage(ctx, table, image));
  if (found === undefined) throw new Error(`no task definition found for image: ${image}`);
  return found.taskDefinitionName ?? '';
}

export async function getImagesByRequestId(
  ctx: RequestContext,
  { imagesTable }: ImageDependencies,
  requestId: string,
): Promise<ImageInfo[]> {
  const table = requireTable(imagesTable);
  return wrapping('failed to get images by request ID', () => listImagesByRequestId(ctx, table, requestId));
}

async function getDefaultImage(ctx: RequestContext, table: ImagesTable): Promise<ImageInfo> {
  const found = await wrapping('failed to get default image', () => findDefaultImage(ctx, table));
  if (found === undefined)
    throw new AppError('INVALID_REQUEST', 'no image specified and no default image configured');
  return found;
}

function requireTable(imagesTable: ImagesTable | undefined): ImagesTable {
  if (imagesTable === undefined) throw new Error('image repository not configured');
  return imagesTable;
}
