import type { QueryCommandOutput, ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { isDefaultRow, toImageInfo, unmarshalItem } from '../../../legacy/aws-runner/image-item.js';
import type { ImageRow, Item } from '../../../legacy/aws-runner/image-item.js';
import { looksLikeImageId } from '../../../legacy/aws-runner/image-id.js';
import { parseImageReference, parseStoredReference } from '../../../legacy/aws-runner/image-reference.js';
import type { ImageReference } from '../../../legacy/aws-runner/image-reference.js';
import { AppError } from '../../../src/contracts/index.js';
import type { ImageInfo, RequestContext } from '../../../src/contracts/index.js';
import { deployment } from '../world-settings.js';
import { seenTokens, wrapping } from './stated-world.js';
import type { StatedWorld } from './stated-world.js';

const TableName = deployment.imagesTable;

export function readRow(item: Item, message: string): ImageRow {
  try {
    return unmarshalItem(item);
  } catch (cause) {
    throw new AppError('INTERNAL_ERROR', message, { cause });
  }
}

export async function rowById(
  { ask }: StatedWorld,
  ctx: RequestContext,
  imageId: string,
): Promise<ImageRow | undefined> {
  const input = { TableName, Key: { image_id: { S: imageId } } };
  const message = 'failed to get image-taskdef mapping';
  const { Item } = await ask<{ Item?: Item }>(ctx, 'dynamodb.GetItem', input, message);
  return Item && readRow(Item, 'failed to unmarshal image-taskdef item');
}

/** The items of every page, or of one where paging is not repaired. */
async function items(
  { has, ask }: StatedWorld,
  ctx: RequestContext,
  operation: 'dynamodb.Query' | 'dynamodb.Scan',
  input: object,
  message: string,
): Promise<Item[]> {
  const found: Item[] = [];
  const seen = seenTokens({ has }, 1);
  for (let from: object = {}; ;) {
    const page = await ask<QueryCommandOutput | ScanCommandOutput>(
      ctx,
      operation,
      { ...input, ...from },
      message,
    );
    found.push(...(page.Items ?? []));
    if (page.LastEvaluatedKey === undefined || !has('pages-to-the-end')) return found;
    try {
      seen(page.LastEvaluatedKey);
    } catch (cause) {
      throw new AppError('INTERNAL_ERROR', message, { cause });
    }
    from = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
}

const defaults = {
  TableName,
  IndexName: 'is_default-index',
  KeyConditionExpression: 'is_default_placeholder = :placeholder',
  ExpressionAttributeValues: { ':placeholder': { S: 'DEFAULT' } },
};

export async function defaultRow({ ask }: StatedWorld, ctx: RequestContext): Promise<ImageRow | undefined> {
  const input = { ...defaults, Limit: 1 };
  const message = 'failed to query default image';
  const { Items = [] } = await ask<QueryCommandOutput>(ctx, 'dynamodb.Query', input, message);
  return Items[0] && readRow(Items[0], 'failed to unmarshal default image item');
}

export async function defaultRows(world: StatedWorld, ctx: RequestContext): Promise<ImageRow[]> {
  const found = await items(world, ctx, 'dynamodb.Query', defaults, 'failed to query default images');
  return found.map((item) => readRow(item, 'failed to unmarshal default image items'));
}

async function scan(
  world: StatedWorld,
  ctx: RequestContext,
  filter: object,
  message: string,
): Promise<ImageRow[]> {
  const found = await items(world, ctx, 'dynamodb.Scan', { TableName, ...filter }, message);
  return found.map((item) => readRow(item, 'failed to unmarshal image-taskdef items'));
}

export async function listImages(world: StatedWorld, ctx: RequestContext): Promise<ImageInfo[]> {
  const rows = await wrapping(world, 'failed to list images from repository', async () =>
    (await scan(world, ctx, {}, 'failed to scan image-taskdef table')).map(toImageInfo),
  );
  const bytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
  return rows.sort((one, other) => bytes(one.image, other.image) || bytes(one.imageId, other.imageId));
}

export async function getImage(world: StatedWorld, ctx: RequestContext, image: string): Promise<ImageInfo> {
  if (image === '') {
    const row = await wrapping(world, 'failed to get default image', () => readDefault(world, ctx));
    if (row) return row;
    throw new AppError('INVALID_REQUEST', 'no image specified and no default image configured');
  }
  const prefix = looksLikeImageId(image) ? 'failed to get image by ImageID' : 'failed to get image';
  const found = await wrapping(world, prefix, () => lookUp(world, ctx, image));
  if (found) return found;
  throw new AppError('NOT_FOUND', `image not found: ${image}`);
}

export async function readDefault(world: StatedWorld, ctx: RequestContext): Promise<ImageInfo | undefined> {
  const row = await defaultRow(world, ctx);
  return row && toImageInfo(row);
}

/** What an ID or a reference stands for. */
export async function lookUp(
  world: StatedWorld,
  ctx: RequestContext,
  image: string,
): Promise<ImageInfo | undefined> {
  if (looksLikeImageId(image)) {
    const byId = await rowById(world, ctx, image);
    if (byId || !world.has('image-lookup')) return byId && toImageInfo(byId);
  }
  const row = world.has('image-lookup') ? await bestOf(world, ctx, image) : await firstOf(world, ctx, image);
  return row && toImageInfo(row);
}

const scanning = 'failed to scan image-taskdef mappings';

/** The original's: this very text, else the same name and tag of whatever registry; the default, else the first. */
async function firstOf(
  world: StatedWorld,
  ctx: RequestContext,
  image: string,
): Promise<ImageRow | undefined> {
  const limit = world.has('pages-to-the-end') ? {} : { Limit: 100 };
  const filter = {
    FilterExpression: 'image = :image',
    ExpressionAttributeValues: { ':image': { S: image } },
  };
  let rows = await scan(world, ctx, { ...filter, ...limit }, scanning);
  if (rows.length === 0) {
    const { name, tag } = parser(world)(image);
    const all = await scan(world, ctx, limit, scanning);
    rows = all.filter((row) => `${row.imageName}:${row.imageTag}` === `${name}:${tag}`);
  }
  return rows.find(isDefaultRow) ?? rows[0];
}

/** This very text, else the same name, tag and registry; of those the default, else the smallest ID. */
async function bestOf(world: StatedWorld, ctx: RequestContext, image: string): Promise<ImageRow | undefined> {
  const { registry, name, tag } = parseImageReference(image);
  const filter = {
    FilterExpression: 'image = :image OR (image_name = :name AND image_tag = :tag)',
    ExpressionAttributeValues: { ':image': { S: image }, ':name': { S: name }, ':tag': { S: tag } },
  };
  const rows = await scan(world, ctx, filter, scanning);
  const spelt = rows.filter((row) => row.image === image);
  const named = rows.filter((row) => isSameRegistry(row.imageRegistry, registry));
  for (const group of [spelt.filter(isDefaultRow), spelt, named.filter(isDefaultRow), named]) {
    const [first, ...others] = group;
    if (first)
      return others.reduce(
        (best, row) => (Buffer.from(row.imageId).compare(Buffer.from(best.imageId)) < 0 ? row : best),
        first,
      );
  }
  return undefined;
}

export function parser({ has }: StatedWorld): (image: string) => ImageReference {
  return has('one-parser') ? parseImageReference : parseStoredReference;
}

/** Naming none means the same as naming Docker Hub's. */
export function isSameRegistry(one: string, other: string): boolean {
  return (one || 'docker.io') === (other || 'docker.io');
}
