import type { AttributeValue } from '@aws-sdk/client-dynamodb';

import { type Call, nowSeconds } from './scripted-aws.js';

const TableName = 'runvoy-image-taskdefs';

type Row = Record<string, AttributeValue>;

/** The calls on the images table, by the names that the specification of the original gives them. */
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

export const unmark = (imageId: string): Call => [
  'dynamodb.UpdateItem',
  {
    TableName,
    Key: { image_id: { S: imageId } },
    UpdateExpression: 'SET updated_at = :now REMOVE is_default_placeholder',
    ExpressionAttributeValues: { ':now': { N: nowSeconds } },
  },
];

export const mark = (imageId: string): Call => [
  'dynamodb.UpdateItem',
  {
    TableName,
    Key: { image_id: { S: imageId } },
    UpdateExpression: 'SET is_default_placeholder = :placeholder, updated_at = :now',
    ExpressionAttributeValues: { ':placeholder': { S: 'DEFAULT' }, ':now': { N: nowSeconds } },
  },
];

export const scanImage = (image: string): Call => [
  'dynamodb.Scan',
  {
    TableName,
    FilterExpression: 'image = :image',
    ExpressionAttributeValues: { ':image': { S: image } },
    Limit: 100,
  },
];

export const scanAll: Call = ['dynamodb.Scan', { TableName, Limit: 100 }];
export const scan: Call = ['dynamodb.Scan', { TableName }];
export const put = (item: Row): Call => ['dynamodb.PutItem', { TableName, Item: item }];
export const deleteItem = (imageId: string): Call => [
  'dynamodb.DeleteItem',
  { TableName, Key: { image_id: { S: imageId } } },
];

export const A = 'alpine:latest-c5c74c0e';
export const FA = 'runvoy-alpine-latest-c5c74c0e';

/** The row of the first example: alpine at default size, the default. */
export const alpineRow: Row = {
  image_id: { S: A },
  image: { S: 'alpine:latest' },
  cpu: { S: '256' },
  memory: { S: '512' },
  runtime_platform: { S: 'Linux/ARM64' },
  task_definition_family: { S: FA },
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

/** What the row of the first example reads as. */
export const alpineInfo = {
  imageId: A,
  image: 'alpine:latest',
  taskDefinitionName: FA,
  isDefault: true,
  cpu: 256,
  memory: 512,
  runtimePlatform: 'Linux/ARM64',
  imageName: 'alpine',
  imageTag: 'latest',
  createdBy: 'dev@example.com',
  ownedBy: ['dev@example.com'],
  createdAt: new Date('2025-11-21T01:00:00Z'),
  createdByRequestId: 'req-1',
  modifiedByRequestId: 'req-1',
};

/** A row as another image has it. */
export function rowOf(imageId: string, image: string, name: string, tag: string, more: Row = {}): Row {
  const { is_default_placeholder: _mark, ...rest } = alpineRow;
  return {
    ...rest,
    image_id: { S: imageId },
    image: { S: image },
    image_name: { S: name },
    image_tag: { S: tag },
    ...more,
  };
}
