import { describe, expect, it } from 'vitest';

import { alpineFamily, alpineId, alpineRow, deleteItem, get } from './image-rows.js';
import { type Call, ctx, scriptedFacets, sdkError, type Step } from './scripted-facets.js';

const arn = (revision: number) =>
  `arn:aws:ecs:us-east-1:123456789012:task-definition/${alpineFamily}:${revision}`;
const list = (nextToken: string): Call => [
  'ecs.ListTaskDefinitions',
  { familyPrefix: alpineFamily, status: 'ACTIVE', maxResults: 100, nextToken },
];
const deregister = (revision: number): Call => [
  'ecs.DeregisterTaskDefinition',
  { taskDefinition: arn(revision) },
];
const deleteDefinitions = (...revisions: number[]): Call => [
  'ecs.DeleteTaskDefinitions',
  { taskDefinitions: revisions.map(arn) },
];

describe('removeImage on DynamoDB and ECS', () => {
  it('removes every page of task definitions, then the row, which it reads once', async () => {
    const { imageRegistry, calls, records } = scriptedFacets([
      ['dynamodb.GetItem', { Item: alpineRow }],
      ['ecs.ListTaskDefinitions', { taskDefinitionArns: [arn(1), arn(2)], nextToken: 'tok1' }],
      ['ecs.DeregisterTaskDefinition'],
      ['ecs.DeregisterTaskDefinition', sdkError('ClientException')],
      ['ecs.DeleteTaskDefinitions'],
      ['ecs.ListTaskDefinitions', { taskDefinitionArns: [arn(3)] }],
      ['ecs.DeregisterTaskDefinition'],
      ['ecs.DeleteTaskDefinitions'],
      ['dynamodb.DeleteItem'],
    ]);

    await imageRegistry.removeImage(ctx, alpineId);

    expect(calls).toStrictEqual([
      get(alpineId),
      list(''),
      deregister(1),
      deregister(2),
      deleteDefinitions(1),
      list('tok1'),
      deregister(3),
      deleteDefinitions(3),
      deleteItem(alpineId),
    ]);
    expect(records.map(({ event }) => event)).toEqual(['failed to deregister task definition']);
  });

  it('deletes ten task definitions at a time', async () => {
    const revisions = Array.from({ length: 12 }, (_, index) => index + 1);
    const { imageRegistry, calls } = scriptedFacets([
      ['dynamodb.GetItem', { Item: alpineRow }],
      ['ecs.ListTaskDefinitions', { taskDefinitionArns: revisions.map(arn) }],
      ...revisions.map((): Step => ['ecs.DeregisterTaskDefinition']),
      ['ecs.DeleteTaskDefinitions', { failures: [{ arn: arn(1), reason: 'IN_USE' }] }],
      ['ecs.DeleteTaskDefinitions'],
      ['dynamodb.DeleteItem'],
    ]);

    await imageRegistry.removeImage(ctx, alpineId);

    expect(calls.slice(-3)).toStrictEqual([
      deleteDefinitions(...revisions.slice(0, 10)),
      deleteDefinitions(11, 12),
      deleteItem(alpineId),
    ]);
  });

  it('asks ECS for nothing where a row names no family', async () => {
    const { imageRegistry, calls } = scriptedFacets([
      ['dynamodb.GetItem', { Item: { ...alpineRow, task_definition_family: { S: '' } } }],
      ['dynamodb.DeleteItem'],
    ]);

    await imageRegistry.removeImage(ctx, alpineId);

    expect(calls).toStrictEqual([get(alpineId), deleteItem(alpineId)]);
  });

  it('leaves an image alone whose row cannot be read', async () => {
    const Item = { ...alpineRow, cpu: { S: 'many' } };
    const { imageRegistry, calls } = scriptedFacets([['dynamodb.GetItem', { Item }]]);

    await expect(imageRegistry.removeImage(ctx, alpineId)).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
      message: 'failed to parse CPU value',
    });
    expect(calls).toStrictEqual([get(alpineId)]);
  });

  it('says which ID it does not know', async () => {
    const { imageRegistry } = scriptedFacets([['dynamodb.GetItem']]);

    await expect(imageRegistry.removeImage(ctx, alpineId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      cause: new Error(`image "${alpineId}" not found`),
    });
  });
});
