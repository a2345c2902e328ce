import { AppError, type ImageInfo, type RequestContext } from '../../contracts/index.js';
import { imageNotFound, noDefaultImage } from '../shared/image-errors.js';
import { looksLikeImageId } from '../shared/looks-like-image-id.js';
import { parseImageReference } from '../shared/parse-image-reference.js';
import type { ImageTable } from './dynamodb-image-table.js';
import { toImageInfo } from './image-row.js';

/** An image by ID or reference; `''` means the default one. */
export async function findImage(
  ctx: RequestContext,
  table: ImageTable,
  imageRef: string,
): Promise<ImageInfo | undefined> {
  if (imageRef === '') {
    const row = await table.findDefault(ctx);
    return row && toImageInfo(row);
  }
  if (looksLikeImageId(imageRef)) {
    const row = await table.findById(ctx, imageRef);
    return row && toImageInfo(row);
  }
  return findByReference(ctx, table, imageRef);
}

/** @throws AppError as `ImageRegistry.getImage`. */
export async function getImage(ctx: RequestContext, table: ImageTable, imageRef: string): Promise<ImageInfo> {
  const image = await findImage(ctx, table, imageRef);
  if (image !== undefined) return image;
  throw imageRef === '' ? noDefaultImage() : imageNotFound(imageRef);
}

/** @throws AppError as `ImageRegistry.resolveImage`. */
export async function resolveImage(
  ctx: RequestContext,
  table: ImageTable,
  imageRef: string,
): Promise<string> {
  if (imageRef === '') return (await getImage(ctx, table, '')).imageId;
  const image = await findImage(ctx, table, imageRef);
  if (image !== undefined) return image.imageId;
  const cause = new Error(`no task definition found for image: ${imageRef}`);
  throw new AppError('INVALID_REQUEST', 'image not registered', { cause });
}

/** Rows with exactly this reference, or else with its name and tag; the default one goes first. */
async function findByReference(
  ctx: RequestContext,
  table: ImageTable,
  image: string,
): Promise<ImageInfo | undefined> {
  const exact = await table.listByReference(ctx, image);
  const candidates = exact.length > 0 ? exact : await table.listByNameAndTag(ctx, parseImageReference(image));
  const chosen = candidates.find(({ isDefault }) => isDefault) ?? candidates[0];
  return chosen && toImageInfo(chosen);
}
