import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';

import { AppError, type RequestContext } from '../../contracts/index.js';
import { parseImageReference } from '../shared/parse-image-reference.js';
import { allPages, type Page } from './all-pages.js';
import type { DynamoDb } from './aws-clients.js';
import { type DefaultTarget, defaultSwitch } from './default-switch.js';
import { readCancellation } from './transaction-cancellation.js';
import { defaultMark, fromItem, type ImageRow, type Item, toItem } from './image-row.js';
import { sendOptions } from './send-options.js';
import { isNamed, naming, translateError } from './translate-error.js';

/** What an outage of the table is called. */
const outage = 'DATABASE_ERROR';

/** What the images table is made of. */
export interface ImageTableOptions {
  readonly dynamodb: DynamoDb;
  readonly tableName: string;
  readonly now: () => Date;
}

/** The table of registered images: rows in, rows out. */
export type ImageTable = ReturnType<typeof createImageTable>;

export function createImageTable({ dynamodb, tableName, now }: ImageTableOptions) {
  const nowSeconds = (): bigint => BigInt(Math.floor(now().getTime() / 1_000));
  const keyOf = (imageId: string): Item => ({ image_id: { S: imageId } });

  const defaultsQuery: QueryCommandInput = {
    TableName: tableName,
    IndexName: 'is_default-index',
    KeyConditionExpression: 'is_default_placeholder = :placeholder',
    ExpressionAttributeValues: { ':placeholder': { S: defaultMark } },
  };

  const scan = async (
    ctx: RequestContext,
    filter: Omit<ScanCommandInput, 'TableName'>,
    message: string,
  ): Promise<ImageRow[]> => {
    const items = await itemsOf(message, (from) =>
      dynamodb.send(new ScanCommand({ TableName: tableName, ...filter, ...from }), sendOptions(ctx)),
    );
    return readAll(items, 'failed to unmarshal image-taskdef items');
  };

  return {
    nowSeconds,

    async findById(ctx: RequestContext, imageId: string): Promise<ImageRow | undefined> {
      const command = new GetItemCommand({ TableName: tableName, Key: keyOf(imageId) });
      const { Item: item } = await naming(
        'failed to get image-taskdef mapping',
        () => dynamodb.send(command, sendOptions(ctx)),
        outage,
      );
      return item && readAll([item], 'failed to unmarshal image-taskdef item')[0];
    },

    /** The default row with the smallest ID. */
    async findDefault(ctx: RequestContext): Promise<ImageRow | undefined> {
      const { Items = [] } = await naming(
        'failed to query default image',
        () => dynamodb.send(new QueryCommand({ ...defaultsQuery, Limit: 1 }), sendOptions(ctx)),
        outage,
      );
      return readAll(Items.slice(0, 1), 'failed to unmarshal default image item')[0];
    },

    async listDefaults(ctx: RequestContext): Promise<ImageRow[]> {
      const items = await itemsOf('failed to query default images', (from) =>
        dynamodb.send(new QueryCommand({ ...defaultsQuery, ...from }), sendOptions(ctx)),
      );
      return readAll(items, 'failed to unmarshal default image items');
    },

    /** Rows of exactly this reference, and rows of its name and tag in whatever registry. */
    listByReference(ctx: RequestContext, image: string): Promise<ImageRow[]> {
      const { name, tag } = parseImageReference(image);
      const filter = {
        FilterExpression: 'image = :image OR (image_name = :name AND image_tag = :tag)',
        ExpressionAttributeValues: { ':image': { S: image }, ':name': { S: name }, ':tag': { S: tag } },
      };
      return scan(ctx, filter, 'failed to scan image-taskdef mappings');
    },

    listAll(ctx: RequestContext): Promise<ImageRow[]> {
      return scan(ctx, {}, 'failed to scan image-taskdef table');
    },

    listByRequestId(ctx: RequestContext, requestId: string): Promise<ImageRow[]> {
      const filter = {
        FilterExpression: 'created_by_request_id = :request_id OR modified_by_request_id = :request_id',
        ExpressionAttributeValues: { ':request_id': { S: requestId } },
      };
      return scan(ctx, filter, 'failed to scan image-taskdef table by request ID');
    },

    /**
     * Moves the default mark in one transaction: `outdated` when another row than the target was not as expected,
     * `refused` when the target was not.
     */
    async moveDefault(
      ctx: RequestContext,
      oldIds: readonly string[],
      target: DefaultTarget,
    ): Promise<'moved' | 'outdated' | 'refused'> {
      const items = defaultSwitch(tableName, oldIds, target, nowSeconds());
      try {
        await dynamodb.send(new TransactWriteItemsCommand({ TransactItems: items }), sendOptions(ctx));
        return 'moved';
      } catch (cause) {
        const verdict = readCancellation(cause);
        if (verdict !== undefined) return verdict;
        const effect = target.kind === 'new' ? 'put image-taskdef mapping' : 'set image as default';
        throw translateError(cause, `failed to ${effect}`, outage);
      }
    },

    /** Stores a new row; resolves to `false`, nothing written, when its ID is taken. */
    async insert(ctx: RequestContext, row: ImageRow): Promise<boolean> {
      const command = new PutItemCommand({
        TableName: tableName,
        Item: toItem(row),
        ConditionExpression: 'attribute_not_exists(image_id)',
      });
      try {
        await dynamodb.send(command, sendOptions(ctx));
        return true;
      } catch (cause) {
        if (isNamed(cause, 'ConditionalCheckFailedException')) return false;
        throw translateError(cause, 'failed to put image-taskdef mapping', outage);
      }
    },

    /** A `ValidationException` counts as done: DynamoDB throws it for keys that no row can have. */
    async delete(ctx: RequestContext, imageId: string): Promise<void> {
      const command = new DeleteItemCommand({ TableName: tableName, Key: keyOf(imageId) });
      try {
        await dynamodb.send(command, sendOptions(ctx));
      } catch (cause) {
        if (isNamed(cause, 'ValidationException')) return;
        throw translateError(cause, 'failed to delete image mapping', outage);
      }
    },
  };
}

function readAll(items: readonly Item[], message: string): ImageRow[] {
  try {
    return items.map(fromItem);
  } catch (cause) {
    throw new AppError('INTERNAL_ERROR', message, { cause });
  }
}

/** The items of every page; a page that is no answer, and pages that never end, are failures of the table. */
async function itemsOf(
  message: string,
  read: (from: { ExclusiveStartKey?: Item }) => Promise<Page | undefined>,
): Promise<Item[]> {
  try {
    return await allPages((from) => naming(message, () => read(from), outage));
  } catch (error) {
    throw error instanceof AppError ? error : translateError(error, message, outage);
  }
}
