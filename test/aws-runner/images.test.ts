import { describe, expect, it } from 'vitest';

import { failureOf } from './failure.js';
import { type Call, ctx, scriptedRunner, sdkError, type Step } from './scripted-aws.js';
import {
  A,
  alpineInfo,
  alpineRow,
  deleteItem,
  FA,
  get,
  queryDefault,
  rowOf,
  scan,
  scanAll,
  scanImage,
} from './table-calls.js';

describe('getImage of the original, example 8.10', () => {
  const found: [argument: string, script: Step[], calls: Call[]][] = [
    ['', [['dynamodb.Query', { Items: [alpineRow] }]], [queryDefault]],
    ['alpine:latest', [['dynamodb.Scan', { Items: [alpineRow] }]], [scanImage('alpine:latest')]],
    [
      'alpine',
      [['dynamodb.Scan'], ['dynamodb.Scan', { Items: [alpineRow] }]],
      [scanImage('alpine'), scanAll],
    ],
    [
      'docker.io/alpine:latest',
      [
        ['dynamodb.Scan', { Items: [] }],
        ['dynamodb.Scan', { Items: [alpineRow] }],
      ],
      [scanImage('docker.io/alpine:latest'), scanAll],
    ],
    [A, [['dynamodb.GetItem', { Item: alpineRow }]], [get(A)]],
  ];

  it.each(found)('finds "%s"', async (argument, script, expected) => {
    const { runner, calls } = scriptedRunner(script);
    expect(await runner.getImage(ctx, argument)).toStrictEqual(alpineInfo);
    expect(calls).toStrictEqual(expected);
  });

  it('does not find what nobody registered', async () => {
    const { runner, calls } = scriptedRunner([['dynamodb.Scan'], ['dynamodb.Scan', { Items: [alpineRow] }]]);
    expect(await failureOf(runner.getImage(ctx, 'nope:1'))).toMatchObject({
      status: 404,
      details: 'image not found: nope:1',
    });
    expect(calls).toStrictEqual([scanImage('nope:1'), scanAll]);
  });

  it('takes a reference for an ID by its looks', async () => {
    const { runner, calls } = scriptedRunner([['dynamodb.GetItem']]);
    expect(await failureOf(runner.getImage(ctx, 'myapp:build-1a2b3c4d'))).toMatchObject({
      status: 404,
      details: 'image not found: myapp:build-1a2b3c4d',
    });
    expect(calls).toStrictEqual([get('myapp:build-1a2b3c4d')]);
  });

  it('prefers the default among the candidates', async () => {
    const other = rowOf('alpine:latest-7aa12d17', 'alpine:latest', 'alpine', 'latest');
    const { runner } = scriptedRunner([['dynamodb.Scan', { Items: [other, alpineRow] }]]);
    expect((await runner.getImage(ctx, 'alpine:latest')).imageId).toBe(A);
  });
});

describe('listImages of the original', () => {
  it('orders by reference, then by ID, byte by byte', async () => {
    const rows = [
      rowOf('b:1-00000001', 'b:1', 'b', '1'),
      rowOf('a:1-00000002', 'a:1', 'a', '1'),
      rowOf('a:1-00000001', 'a:1', 'a', '1'),
      rowOf('B:1-00000001', 'B:1', 'B', '1'),
    ];
    const { runner, calls } = scriptedRunner([['dynamodb.Scan', { Items: rows, LastEvaluatedKey: {} }]]);
    const listed = await runner.listImages(ctx);
    expect(listed.map(({ imageId }) => imageId)).toEqual([
      'B:1-00000001',
      'a:1-00000001',
      'a:1-00000002',
      'b:1-00000001',
    ]);
    expect(calls).toStrictEqual([scan]);
  });

  it('fails as a whole when one row cannot be read', async () => {
    const broken = rowOf('a:1-00000001', 'a:1', 'a', '1', { created_at: { S: '5' } });
    const { runner } = scriptedRunner([['dynamodb.Scan', { Items: [alpineRow, broken] }]]);
    expect(await failureOf(runner.listImages(ctx))).toMatchObject({
      status: 500,
      message: 'failed to unmarshal image-taskdef items',
    });
  });
});

describe('removeImage of the original, example 8.16', () => {
  const arn = (revision: number) => `arn:aws:ecs:us-east-1:123456789012:task-definition/${FA}:${revision}`;
  const list = (nextToken: string): Call => [
    'ecs.ListTaskDefinitions',
    { familyPrefix: FA, status: 'ACTIVE', maxResults: 100, nextToken },
  ];
  const deregister = (revision: number): Call => [
    'ecs.DeregisterTaskDefinition',
    { taskDefinition: arn(revision) },
  ];
  const deleteDefinitions = (...revisions: number[]): Call => [
    'ecs.DeleteTaskDefinitions',
    { taskDefinitions: revisions.map(arn) },
  ];

  it('removes page by page and goes on after failures', async () => {
    const { runner, calls, records } = scriptedRunner([
      ['dynamodb.GetItem', { Item: alpineRow }],
      ['ecs.ListTaskDefinitions', { taskDefinitionArns: [arn(1), arn(2)], nextToken: 'tok1' }],
      ['ecs.DeregisterTaskDefinition'],
      ['ecs.DeregisterTaskDefinition', sdkError('ClientException')],
      ['ecs.DeleteTaskDefinitions'],
      ['ecs.ListTaskDefinitions', { taskDefinitionArns: [arn(3)] }],
      ['ecs.DeregisterTaskDefinition'],
      ['ecs.DeleteTaskDefinitions'],
      ['dynamodb.GetItem', { Item: alpineRow }],
      ['dynamodb.DeleteItem'],
    ]);
    await runner.removeImage(ctx, A);
    expect(calls).toStrictEqual([
      get(A),
      list(''),
      deregister(1),
      deregister(2),
      deleteDefinitions(1),
      list('tok1'),
      deregister(3),
      deleteDefinitions(3),
      get(A),
      deleteItem(A),
    ]);
    expect(records.map(({ event }) => event)).toEqual(['failed to deregister task definition']);
  });

  it('leaves no default behind', async () => {
    const { runner } = scriptedRunner([['dynamodb.Query', { Items: [] }]]);
    expect(await failureOf(runner.getImage(ctx, ''))).toMatchObject({
      status: 400,
      details: 'no image specified and no default image configured',
    });
  });

  it('deletes the row even when ECS cannot list', async () => {
    const { runner, calls } = scriptedRunner([
      ['dynamodb.GetItem', { Item: alpineRow }],
      ['ecs.ListTaskDefinitions', sdkError('ServerException')],
      ['dynamodb.GetItem', { Item: alpineRow }],
      ['dynamodb.DeleteItem'],
    ]);
    await runner.removeImage(ctx, A);
    expect(calls).toStrictEqual([get(A), list(''), get(A), deleteItem(A)]);
  });

  it('wants an exact ID', async () => {
    const { runner, calls } = scriptedRunner([]);
    expect(await failureOf(runner.removeImage(ctx, 'alpine:latest'))).toMatchObject({
      status: 400,
      message:
        'image unregister requires exact ImageID (e.g., "alpine:latest-a1b2c3d4"). ' +
        `Use 'images list' to find the exact ImageID for "alpine:latest"`,
    });
    expect(calls).toStrictEqual([]);
  });

  it('says so when the row is not there, before or after ECS was asked', async () => {
    const before = scriptedRunner([['dynamodb.GetItem']]);
    expect(await failureOf(before.runner.removeImage(ctx, A))).toMatchObject({
      status: 404,
      text: `image not found: image "${A}" not found`,
    });
    const after = scriptedRunner([
      ['dynamodb.GetItem', { Item: alpineRow }],
      ['ecs.ListTaskDefinitions'],
      ['dynamodb.GetItem'],
    ]);
    expect(await failureOf(after.runner.removeImage(ctx, A))).toMatchObject({
      status: 404,
      text: `failed to delete image from repository: image not found: image with ImageID "${A}" not found`,
    });
  });
});
