import { AppError, type ImageInfo, type RequestContext } from '../../contracts/index.js';
import { imageNotFound, noDefaultImage } from '../shared/image-errors.js';
import { looksLikeImageId } from '../shared/looks-like-image-id.js';
import { isSameRegistry, parseImageReference } from '../shared/parse-image-reference.js';
import { compareBytes } from './compare-bytes.js';
import type { ImageTable } from './dynamodb-image-table.js';
import { type ImageRow, toImageInfo } from './image-row.js';

/** @throws AppError as `ImageRegistry.getImage`. */
export async function getImage(ctx: RequestContext, table: ImageTable, imageRef: string): Promise<ImageInfo> {
  const row = await findRow(ctx, table, imageRef);
  if (row !== undefined) return toImageInfo(row);
  throw imageRef === '' ? noDefaultImage() : imageNotFound(imageRef);
}

/** @throws AppError as `ImageRegistry.resolveImage`. */
export async function resolveImage(
  ctx: RequestContext,
  table: ImageTable,
  imageRef: string,
): Promise<string> {
  const row = await findRow(ctx, table, imageRef);
  if (row !== undefined) return toImageInfo(row).imageId;
  if (imageRef === '') throw noDefaultImage();
  const cause = new Error(`no task definition found for image: ${imageRef}`);
  throw new AppError('INVALID_REQUEST', 'image not registered', { cause });
}

/** The row of an ID or a reference; `''` means the default one. */
async function findRow(
  ctx: RequestContext,
  table: ImageTable,
  imageRef: string,
): Promise<ImageRow | undefined> {
  if (imageRef === '') return table.findDefault(ctx);
  // An ordinary tag can end like an ID, so a text that is no ID here may still be a reference.
  const byId = looksLikeImageId(imageRef) ? await table.findById(ctx, imageRef) : undefined;
  return byId ?? (await findByReference(ctx, table, imageRef));
}

/** The row of this very text, else of the same image spelt differently; the default one, else the smallest ID. */
async function findByReference(
  ctx: RequestContext,
  table: ImageTable,
  image: string,
): Promise<ImageRow | undefined> {
  const { registry } = parseImageReference(image);
  const rank = (row: ImageRow): number => (row.image === image ? 0 : 2) + (row.isDefault ? 0 : 1);
  const rows = await table.listByReference(ctx, image);
  const [first] = rows
    .filter((row) => row.image === image || isSameRegistry(row.registry, registry))
    .sort((a, b) => rank(a) - rank(b) || compareBytes(a.imageId, b.imageId));
  return first;
}
