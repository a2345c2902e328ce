import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';

import { AppError, type RequestContext } from '../../contracts/index.js';
import { itemPages, type ReadPage } from './all-pages.js';
import type { DynamoDb } from './aws-clients.js';
import type { Item } from './image-row.js';
import { sendOptions } from './send-options.js';
import { isNamed } from './translate-error.js';

/** A table of the service's own records, whose key is one text. */
export interface RecordTableOptions {
  readonly dynamodb: DynamoDb;
  readonly tableName: string;
  readonly keyName: string;
}

/** The operations that the repositories need. Every failure is `DATABASE_ERROR` with the message of the caller. */
export type RecordTable = ReturnType<typeof openRecordTable>;

/** A condition, or what is written, with the values that it names. */
export type Expression = Pick<
  UpdateItemCommandInput,
  'ConditionExpression' | 'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

export function openRecordTable({ dynamodb, tableName: TableName, keyName }: RecordTableOptions) {
  const keyOf = (key: string): Record<string, AttributeValue> => ({ [keyName]: { S: key } });

  async function* pages(message: string, read: ReadPage): AsyncGenerator<Item[]> {
    try {
      yield* itemPages(read);
    } catch (cause) {
      throw new AppError('DATABASE_ERROR', message, { cause });
    }
  }

  return {
    /** The item as it is now. No item has an empty key. */
    async find(ctx: RequestContext, key: string, message: string): Promise<Item | undefined> {
      if (key === '') return undefined;
      const command = new GetItemCommand({ TableName, Key: keyOf(key), ConsistentRead: true });
      const output = await inDatabase(message, () => dynamodb.send(command, sendOptions(ctx)));
      return output.Item;
    },

    /** Resolves to `false`, nothing written, when the key is taken. */
    async insert(ctx: RequestContext, item: Item, message: string): Promise<boolean> {
      const command = new PutItemCommand({
        TableName,
        Item: item,
        ConditionExpression: 'attribute_not_exists(#key)',
        // A name may be a reserved word.
        ExpressionAttributeNames: { '#key': keyName },
      });
      return unlessRefused(message, () => dynamodb.send(command, sendOptions(ctx)));
    },

    /** Resolves to `false`, nothing written, when the condition does not hold. */
    async update(
      ctx: RequestContext,
      key: string,
      expression: Expression,
      message: string,
    ): Promise<boolean> {
      const command = new UpdateItemCommand({ TableName, Key: keyOf(key), ...expression });
      return unlessRefused(message, () => dynamodb.send(command, sendOptions(ctx)));
    },

    /** Resolves to `false`, nothing deleted, when the condition does not hold. */
    async delete(
      ctx: RequestContext,
      key: string,
      condition: Omit<Expression, 'UpdateExpression'>,
      message: string,
    ): Promise<boolean> {
      const command = new DeleteItemCommand({ TableName, Key: keyOf(key), ...condition });
      return unlessRefused(message, () => dynamodb.send(command, sendOptions(ctx)));
    },

    queryPages(
      ctx: RequestContext,
      query: Omit<QueryCommandInput, 'TableName'>,
      message: string,
    ): AsyncGenerator<Item[]> {
      return pages(message, (from) =>
        dynamodb.send(new QueryCommand({ TableName, ...query, ...from }), sendOptions(ctx)),
      );
    },

    scanPages(
      ctx: RequestContext,
      filter: Omit<ScanCommandInput, 'TableName'>,
      message: string,
    ): AsyncGenerator<Item[]> {
      return pages(message, (from) =>
        dynamodb.send(new ScanCommand({ TableName, ...filter, ...from }), sendOptions(ctx)),
      );
    },
  };
}

/** Runs a step; whatever it throws is a failure of the database. */
export async function inDatabase<T>(message: string, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    throw new AppError('DATABASE_ERROR', message, { cause });
  }
}

async function unlessRefused(message: string, write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (cause) {
    if (isNamed(cause, 'ConditionalCheckFailedException')) return false;
    throw new AppError('DATABASE_ERROR', message, { cause });
  }
}
