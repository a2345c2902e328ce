import { toImageInfo } from '../../../legacy/aws-runner/image-item.js';
import type { Item } from '../../../legacy/aws-runner/image-item.js';
import { imageIdOf } from '../../../legacy/aws-runner/image-id.js';
import { parseImageReference } from '../../../legacy/aws-runner/image-reference.js';
import { newImageItem } from '../../../legacy/aws-runner/new-image-item.js';
import { AppError } from '../../../src/contracts/index.js';
import type { RequestContext } from '../../../src/contracts/index.js';
import { deployment } from '../world-settings.js';
import { deregister } from './stated-definitions.js';
import { defaultRows, parser, rowById } from './stated-images.js';
import type { StatedImage } from './stated-image.js';
import { finishing, isNamed, wrapping } from './stated-world.js';
import type { Operation, StatedWorld } from './stated-world.js';

const TableName = deployment.imagesTable;
const mark = { ':placeholder': { S: 'DEFAULT' } };

/** A row to store, and the task definition that it is stored for. */
export interface StatedRow extends StatedImage {
  readonly imageId: string;
  readonly family: string;
  readonly isDefault: boolean;
  /** When the row was made, where that is decided before it is stored. */
  readonly now: Date | undefined;
  readonly arn: string;
}

type Write = (ctx: RequestContext, operation: Operation, input: object, message: string) => Promise<void>;

/** Writes whose answers nobody looks at. */
function writer({ send, failure }: StatedWorld): Write {
  return async (ctx, operation, input, message) => {
    try {
      await send(ctx, operation, input);
    } catch (cause) {
      throw failure(cause, operation, message);
    }
  };
}

export async function storeNew(world: StatedWorld, ctx: RequestContext, row: StatedRow): Promise<void> {
  try {
    await storing(world, finishing(world, ctx), ctx, row);
  } catch (error) {
    if (world.has('no-definition-without-a-row')) await deregister(world, finishing(world, ctx), row.arn);
    throw error;
  }
}

async function storing(
  world: StatedWorld,
  ctx: RequestContext,
  { requestId = '' }: RequestContext,
  row: StatedRow,
): Promise<void> {
  const { has } = world;
  const isAtOnce = has('one-default') && row.isDefault;
  if (row.isDefault && !isAtOnce)
    await wrapping(world, 'failed to unmark existing defaults', () => unmarkAll(world, ctx));
  await wrapping(world, 'failed to store image-taskdef mapping', async () => {
    const before = has('rows-read-once') ? undefined : await readLeniently(world, ctx, row.imageId);
    const now = row.now ?? world.now();
    const item = newImageItem(
      { ...row, taskDefinitionFamily: row.family, reference: parseImageReference(row.image) },
      {
        createdAt: before?.createdAt ?? seconds(now),
        updatedAt: seconds(now),
        createdByRequestId: before?.createdByRequestId ?? requestId,
        modifiedByRequestId: requestId,
      },
    );
    if (isAtOnce) await moveMark(world, ctx, row.imageId, item);
    else await put(world, ctx, item);
  });
}

async function put(world: StatedWorld, ctx: RequestContext, Item: Item): Promise<void> {
  const isConditional = world.has('no-definition-without-a-row');
  const condition = isConditional ? { ConditionExpression: 'attribute_not_exists(image_id)' } : {};
  const input = { TableName, Item, ...condition };
  try {
    await writer(world)(ctx, 'dynamodb.PutItem', input, 'failed to put image-taskdef mapping');
  } catch (error) {
    // A row that is there stays as it is.
    const { cause } = error as Error;
    if (!isConditional || !isNamed(cause, 'ConditionalCheckFailedException')) throw error;
  }
}

async function readLeniently(world: StatedWorld, ctx: RequestContext, imageId: string) {
  try {
    const row = await rowById(world, ctx, imageId);
    if (row) toImageInfo(row);
    return row;
  } catch (error) {
    if (error instanceof TypeError) throw error;
    return undefined;
  }
}

export async function setAsOnlyDefault(
  world: StatedWorld,
  ctx: RequestContext,
  { image, taskRoleName, taskExecutionRoleName }: StatedImage,
  imageId: string,
): Promise<void> {
  if (world.has('one-default')) {
    await moveMark(world, ctx, imageId, undefined);
    return;
  }
  await unmarkAll(world, ctx);
  const { name, tag } = parser(world)(image);
  const size = { cpu: 256, memory: 512, runtimePlatform: 'Linux/ARM64' };
  const guess = imageIdOf({ name, tag, ...size, taskRoleName, taskExecutionRoleName });
  const input = {
    TableName,
    Key: { image_id: { S: guess } },
    UpdateExpression: 'SET is_default_placeholder = :placeholder, updated_at = :now',
    ExpressionAttributeValues: { ...mark, ':now': { N: String(seconds(world.now())) } },
  };
  await writer(world)(ctx, 'dynamodb.UpdateItem', input, 'failed to set image as default');
}

/** The original: one write after the other. */
async function unmarkAll(world: StatedWorld, ctx: RequestContext): Promise<void> {
  for (const { imageId } of await defaultRows(world, ctx)) {
    const input = {
      TableName,
      Key: { image_id: { S: imageId } },
      UpdateExpression: 'SET updated_at = :now REMOVE is_default_placeholder',
      ExpressionAttributeValues: { ':now': { N: String(seconds(world.now())) } },
    };
    await writer(world)(ctx, 'dynamodb.UpdateItem', input, 'failed to unmark default image');
  }
}

/** All in one transaction; when others were faster, it is tried again, three times in all. */
async function moveMark(
  world: StatedWorld,
  ctx: RequestContext,
  imageId: string,
  item: Item | undefined,
): Promise<void> {
  const message = item ? 'failed to put image-taskdef mapping' : 'failed to set image as default';
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const others = (await defaultRows(world, ctx)).filter((row) => row.imageId !== imageId);
    const now = { ':now': { N: String(seconds(world.now())) } };
    const input = {
      TransactItems: [...others.map((row) => unmark(row.imageId, now)), target(imageId, item, now)],
    };
    try {
      await world.send(ctx, 'dynamodb.TransactWriteItems', input);
      return;
    } catch (cause) {
      const codes = cancellation(cause);
      if (codes.at(-1) === 'ConditionalCheckFailed') {
        if (!item) throw new AppError('NOT_FOUND', `image not found: ${imageId}`);
        // Somebody has stored the very row: what is left to do is to mark it.
        await moveMark(world, ctx, imageId, undefined);
        return;
      }
      if (!codes.includes('ConditionalCheckFailed') && !codes.includes('TransactionConflict'))
        throw world.failure(cause, 'dynamodb.TransactWriteItems', message);
    }
  }
  throw new AppError('DATABASE_ERROR', 'the default image is being changed by others: try again');
}

function unmark(imageId: string, now: object): object {
  return {
    Update: {
      TableName,
      Key: { image_id: { S: imageId } },
      UpdateExpression: 'SET updated_at = :now REMOVE is_default_placeholder',
      ConditionExpression: 'is_default_placeholder = :placeholder',
      ExpressionAttributeValues: { ...mark, ...now },
    },
  };
}

function target(imageId: string, item: Item | undefined, now: object): object {
  if (item) return { Put: { TableName, Item: item, ConditionExpression: 'attribute_not_exists(image_id)' } };
  return {
    Update: {
      TableName,
      Key: { image_id: { S: imageId } },
      UpdateExpression: 'SET is_default_placeholder = :placeholder, updated_at = :now',
      ConditionExpression: 'attribute_exists(image_id)',
      ExpressionAttributeValues: { ...mark, ...now },
    },
  };
}

function cancellation(error: unknown): readonly (string | undefined)[] {
  if (!isNamed(error, 'TransactionCanceledException')) return [];
  const { CancellationReasons = [] } = error as {
    readonly CancellationReasons?: readonly { Code?: string }[];
  };
  return CancellationReasons.map(({ Code }) => Code);
}

function seconds(time: Date): bigint {
  return BigInt(Math.floor(time.getTime() / 1_000));
}
