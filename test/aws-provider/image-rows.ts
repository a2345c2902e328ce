import type { AttributeValue } from '@aws-sdk/client-dynamodb';

import { type Call, nowSeconds } from './scripted-facets.js';

const TableName = 'runvoy-image-taskdefs';

export type Row = Record<string, AttributeValue>;

export const alpineId = 'alpine:latest-c5c74c0e';
export const alpineFamily = 'runvoy-alpine-latest-c5c74c0e';

/** The row of `alpine:latest` at default size, the default image. */
export const alpineRow: Row = {
  image_id: { S: alpineId },
  image: { S: 'alpine:latest' },
  cpu: { S: '256' },
  memory: { S: '512' },
  runtime_platform: { S: 'Linux/ARM64' },
  task_definition_family: { S: alpineFamily },
  is_default_placeholder: { S: 'DEFAULT' },
  image_registry: { S: '' },
  image_name: { S: 'alpine' },
  image_tag: { S: 'latest' },
  created_by: { S: 'dev@example.com' },
  owned_by: { L: [{ S: 'dev@example.com' }] },
  created_at: { N: nowSeconds },
  updated_at: { N: nowSeconds },
  created_by_request_id: { S: 'req-1' },
  modified_by_request_id: { S: 'req-1' },
};

/** The row of another image at default size, which is no default. */
export function rowOf(
  imageId: string,
  image: string,
  parts: { readonly registry?: string; readonly name: string; readonly tag: string },
  more: Row = {},
): Row {
  const { is_default_placeholder: _mark, ...rest } = alpineRow;
  return {
    ...rest,
    image_id: { S: imageId },
    image: { S: image },
    task_definition_family: { S: `runvoy-${imageId.replace(/[^A-Za-z0-9]+/g, '-')}` },
    image_registry: { S: parts.registry ?? '' },
    image_name: { S: parts.name },
    image_tag: { S: parts.tag },
    ...more,
  };
}

export const get = (imageId: string): Call => [
  'dynamodb.GetItem',
  { TableName, Key: { image_id: { S: imageId } } },
];

export const queryDefaults: Call = [
  'dynamodb.Query',
  {
    TableName,
    IndexName: 'is_default-index',
    KeyConditionExpression: 'is_default_placeholder = :placeholder',
    ExpressionAttributeValues: { ':placeholder': { S: 'DEFAULT' } },
  },
];

export const queryDefault: Call = ['dynamodb.Query', { ...(queryDefaults[1] as object), Limit: 1 }];

export const scan = (more: object = {}): Call => ['dynamodb.Scan', { TableName, ...more }];

export const deleteItem = (imageId: string): Call => [
  'dynamodb.DeleteItem',
  { TableName, Key: { image_id: { S: imageId } } },
];

/** Makes a call out of one by adding to its input. */
export const withInput = ([operation, input]: Call, more: object): Call => [
  operation,
  { ...(input as object), ...more },
];

const unmarking = (imageId: string) => ({
  Update: {
    TableName,
    Key: { image_id: { S: imageId } },
    UpdateExpression: 'SET updated_at = :now REMOVE is_default_placeholder',
    ConditionExpression: 'is_default_placeholder = :placeholder',
    ExpressionAttributeValues: { ':placeholder': { S: 'DEFAULT' }, ':now': { N: nowSeconds } },
  },
});

/** Moves the mark to a row that is there. */
export const switchDefault = (oldIds: readonly string[], imageId: string): Call => [
  'dynamodb.TransactWriteItems',
  {
    TransactItems: [
      ...oldIds.map(unmarking),
      {
        Update: {
          TableName,
          Key: { image_id: { S: imageId } },
          UpdateExpression: 'SET is_default_placeholder = :placeholder, updated_at = :now',
          ConditionExpression: 'attribute_exists(image_id)',
          ExpressionAttributeValues: { ':placeholder': { S: 'DEFAULT' }, ':now': { N: nowSeconds } },
        },
      },
    ],
  },
];

const putNew = (row: Row) => ({
  TableName,
  Item: row,
  ConditionExpression: 'attribute_not_exists(image_id)',
});

/** Stores a new row as the default. */
export const insertDefault = (oldIds: readonly string[], row: Row): Call => [
  'dynamodb.TransactWriteItems',
  { TransactItems: [...oldIds.map(unmarking), { Put: putNew(row) }] },
];

/** Stores a new row. */
export const insert = (row: Row): Call => ['dynamodb.PutItem', putNew(row)];
