import type { ImageInfo, RequestContext } from '../../src/contracts/index.js';
import { type ImageRow, isDefaultRow, toImageInfo } from './image-item.js';
import { parseStoredReference } from './image-reference.js';
import type { ImagesTable } from './images-table.js';

const scanMessage = 'failed to scan image-taskdef mappings';

export async function findImageById(
  ctx: RequestContext,
  table: ImagesTable,
  imageId: string,
): Promise<ImageInfo | undefined> {
  const row = await table.get(ctx, imageId);
  return row === undefined ? undefined : toImageInfo(row);
}

export async function findDefaultImage(
  ctx: RequestContext,
  table: ImagesTable,
): Promise<ImageInfo | undefined> {
  const row = await table.queryDefault(ctx);
  return row === undefined ? undefined : toImageInfo(row);
}

/**
 * Any row with exactly this reference or, without one, any row with its name and tag, whatever its registry; the first
 * default one, or else the first. Rows beyond the first hundred are not seen.
 */
export async function findAnyImage(
  ctx: RequestContext,
  table: ImagesTable,
  image: string,
): Promise<ImageInfo | undefined> {
  const filter = {
    FilterExpression: 'image = :image',
    ExpressionAttributeValues: { ':image': { S: image } },
    Limit: 100,
  };
  const exact = await table.scan(ctx, filter, scanMessage);
  const candidates = exact.length > 0 ? exact : await findByNameAndTag(ctx, table, image);
  const chosen = candidates.find(isDefaultRow) ?? candidates[0];
  return chosen === undefined ? undefined : toImageInfo(chosen);
}

export async function listAllImages(ctx: RequestContext, table: ImagesTable): Promise<ImageInfo[]> {
  const rows = await table.scan(ctx, {}, 'failed to scan image-taskdef table');
  return rows
    .map(toImageInfo)
    .sort((a, b) => compareBytes(a.image, b.image) || compareBytes(a.imageId, b.imageId));
}

/** In the order of the scan. */
export async function listImagesByRequestId(
  ctx: RequestContext,
  table: ImagesTable,
  requestId: string,
): Promise<ImageInfo[]> {
  const filter = {
    FilterExpression: 'created_by_request_id = :request_id OR modified_by_request_id = :request_id',
    ExpressionAttributeValues: { ':request_id': { S: requestId } },
  };
  const rows = await table.scan(ctx, filter, 'failed to scan image-taskdef table by request ID');
  return rows.map(toImageInfo);
}

async function findByNameAndTag(ctx: RequestContext, table: ImagesTable, image: string): Promise<ImageRow[]> {
  const { name, tag } = parseStoredReference(image);
  const rows = await table.scan(ctx, { Limit: 100 }, scanMessage);
  return rows.filter((row) => `${row.imageName}:${row.imageTag}` === `${name}:${tag}`);
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
