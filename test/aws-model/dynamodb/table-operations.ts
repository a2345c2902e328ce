import type {
  CreateTableCommandInput,
  DeleteTableCommandInput,
  DescribeTableCommandInput,
  KeySchemaElement,
} from '@aws-sdk/client-dynamodb';
import { serviceError } from '../service-error.js';
import type { DynamoDbState } from './operations.js';
import { emptyTable } from './table.js';
import type { KeySchema } from './table.js';

/** Tables are there at once, and gone at once. */
export const tableOperations = {
  CreateTable: ({ tables }: DynamoDbState, input: CreateTableCommandInput): object => {
    const {
      TableName: name = '',
      KeySchema = [],
      AttributeDefinitions = [],
      GlobalSecondaryIndexes = [],
    } = input;
    if (tables.has(name))
      throw serviceError('dynamodb', 'ResourceInUseException', `Table already exists: ${name}`);
    const types = AttributeDefinitions.map((one) => [
      one.AttributeName ?? '',
      one.AttributeType as 'S' | 'N',
    ]);
    const indexes = GlobalSecondaryIndexes.map((one) => [one.IndexName ?? '', toKey(one.KeySchema ?? [])]);
    tables.set(
      name,
      emptyTable({
        name,
        key: toKey(KeySchema),
        types: Object.fromEntries(types) as Record<string, 'S' | 'N'>,
        indexes: Object.fromEntries(indexes) as Record<string, KeySchema>,
      }),
    );
    return { TableDescription: describe(name) };
  },

  DescribeTable: ({ tables }: DynamoDbState, { TableName: name = '' }: DescribeTableCommandInput): object => {
    if (!tables.has(name)) throw notFound(name);
    return { Table: describe(name) };
  },

  DeleteTable: ({ tables }: DynamoDbState, { TableName: name = '' }: DeleteTableCommandInput): object => {
    if (!tables.delete(name)) throw notFound(name);
    return { TableDescription: describe(name) };
  },
};

function toKey(schema: readonly KeySchemaElement[]): KeySchema {
  const named = (type: string): string | undefined =>
    schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  return { hash: named('HASH') ?? '', range: named('RANGE') };
}

function describe(TableName: string): object {
  return { TableName, TableStatus: 'ACTIVE' };
}

function notFound(name: string): Error {
  return serviceError(
    'dynamodb',
    'ResourceNotFoundException',
    `Requested resource not found: Table: ${name} not found`,
  );
}
