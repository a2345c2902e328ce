import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type ScanCommandInput,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

import { AppError, type RequestContext } from '../../src/contracts/index.js';
import { naming } from './failing-step.js';
import { defaultPlaceholder, type ImageRow, type Item, unmarshalItem } from './image-item.js';
import { sendOptions } from './send-options.js';
import { isNamed } from './wrapped-error.js';

/** Single operations on the images table: one page each, no conditions, no consistent reads. */
export class ImagesTable {
  constructor(
    private readonly dynamodb: Pick<DynamoDBClient, 'send'>,
    private readonly tableName: string,
    private readonly now: () => Date,
  ) {}

  async get(ctx: RequestContext, imageId: string): Promise<ImageRow | undefined> {
    const command = new GetItemCommand({ TableName: this.tableName, Key: keyOf(imageId) });
    const output = await naming('failed to get image-taskdef mapping', () =>
      this.dynamodb.send(command, sendOptions(ctx)),
    );
    if (output.Item === undefined) return undefined;
    const item = output.Item;
    return naming('failed to unmarshal image-taskdef item', () => unmarshalItem(item));
  }

  /** The default row that the index names first. */
  async queryDefault(ctx: RequestContext): Promise<ImageRow | undefined> {
    const items = await this.query(ctx, { Limit: 1 }, 'failed to query default image');
    const [item] = items;
    if (item === undefined) return undefined;
    return naming('failed to unmarshal default image item', () => unmarshalItem(item));
  }

  async queryDefaults(ctx: RequestContext): Promise<ImageRow[]> {
    const items = await this.query(ctx, {}, 'failed to query default images');
    return naming('failed to unmarshal default image items', () => items.map(unmarshalItem));
  }

  async scan(
    ctx: RequestContext,
    filter: Omit<ScanCommandInput, 'TableName'>,
    message: string,
  ): Promise<ImageRow[]> {
    const command = new ScanCommand({ TableName: this.tableName, ...filter });
    const output = await naming(message, () => this.dynamodb.send(command, sendOptions(ctx)));
    return naming('failed to unmarshal image-taskdef items', () => (output.Items ?? []).map(unmarshalItem));
  }

  async unmark(ctx: RequestContext, imageId: string): Promise<void> {
    const command = new UpdateItemCommand({
      TableName: this.tableName,
      Key: keyOf(imageId),
      UpdateExpression: 'SET updated_at = :now REMOVE is_default_placeholder',
      ExpressionAttributeValues: { ':now': { N: String(this.seconds()) } },
    });
    await naming('failed to unmark default image', () => this.dynamodb.send(command, sendOptions(ctx)));
  }

  async mark(ctx: RequestContext, imageId: string): Promise<void> {
    const command = new UpdateItemCommand({
      TableName: this.tableName,
      Key: keyOf(imageId),
      UpdateExpression: 'SET is_default_placeholder = :placeholder, updated_at = :now',
      ExpressionAttributeValues: {
        ':placeholder': { S: defaultPlaceholder },
        ':now': { N: String(this.seconds()) },
      },
    });
    await naming('failed to set image as default', () => this.dynamodb.send(command, sendOptions(ctx)));
  }

  async put(ctx: RequestContext, item: Item): Promise<void> {
    const command = new PutItemCommand({ TableName: this.tableName, Item: item });
    await naming('failed to put image-taskdef mapping', () => this.dynamodb.send(command, sendOptions(ctx)));
  }

  /** A `ValidationException` counts as done. */
  async delete(ctx: RequestContext, imageId: string): Promise<void> {
    const command = new DeleteItemCommand({ TableName: this.tableName, Key: keyOf(imageId) });
    try {
      await this.dynamodb.send(command, sendOptions(ctx));
    } catch (cause) {
      if (isNamed(cause, 'ValidationException')) return;
      throw new AppError('INTERNAL_ERROR', 'failed to delete image mapping', { cause });
    }
  }

  /** Unix seconds now. */
  seconds(): bigint {
    return BigInt(Math.floor(this.now().getTime() / 1000));
  }

  private async query(ctx: RequestContext, limit: { Limit?: number }, message: string): Promise<Item[]> {
    const command = new QueryCommand({
      TableName: this.tableName,
      IndexName: 'is_default-index',
      KeyConditionExpression: 'is_default_placeholder = :placeholder',
      ExpressionAttributeValues: { ':placeholder': { S: defaultPlaceholder } },
      ...limit,
    });
    const output = await naming(message, () => this.dynamodb.send(command, sendOptions(ctx)));
    return output.Items ?? [];
  }
}

function keyOf(imageId: string): Item {
  return { image_id: { S: imageId } };
}
