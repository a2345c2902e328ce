import { describe, expect, it } from 'vitest';

import { AwsRunner } from '../../legacy/aws-runner/index.js';
import { failureOf } from './failure.js';
import { config, ctx, scriptedRunner, sdkError, type Step, user } from './scripted-aws.js';
import { A, alpineRow, FA } from './table-calls.js';

const down = sdkError('InternalServerError');
const oddCpu = { ...alpineRow, cpu: { S: '256.0' } };
const oddMemory = { ...alpineRow, memory: { S: '' } };
const noRow: Step = ['dynamodb.GetItem'];
const row: Step = ['dynamodb.GetItem', { Item: alpineRow }];
const noDefault: Step = ['dynamodb.Query', { Items: [] }];
const internal = { status: 500, code: 'INTERNAL_ERROR' };

describe('reading images fails', () => {
  it.each<[string, (runner: AwsRunner) => Promise<unknown>, Step, string]>([
    [
      'in a list, of the scan',
      (runner) => runner.listImages(ctx),
      ['dynamodb.Scan', down],
      'failed to list images from repository: failed to scan image-taskdef table: sdk text',
    ],
    [
      'in a list, of a size, cpu first',
      (runner) => runner.listImages(ctx),
      ['dynamodb.Scan', { Items: [{ ...oddMemory, cpu: { S: '' } }] }],
      'failed to list images from repository: failed to parse CPU value: parsing "": invalid syntax',
    ],
    [
      'in a list, of the other size',
      (runner) => runner.listImages(ctx),
      ['dynamodb.Scan', { Items: [oddMemory] }],
      'failed to list images from repository: failed to parse Memory value: parsing "": invalid syntax',
    ],
    [
      'of the default',
      (runner) => runner.getImage(ctx, ''),
      ['dynamodb.Query', down],
      'failed to get default image: failed to query default image: sdk text',
    ],
    [
      'by ID',
      (runner) => runner.getImage(ctx, A),
      ['dynamodb.GetItem', down],
      'failed to get image by ImageID: failed to get image-taskdef mapping: sdk text',
    ],
    [
      'by reference',
      (runner) => runner.getImage(ctx, 'alpine'),
      ['dynamodb.Scan', down],
      'failed to get image: failed to scan image-taskdef mappings: sdk text',
    ],
    [
      'by reference, of the size of the one that is chosen',
      (runner) => runner.getImage(ctx, 'alpine:latest'),
      ['dynamodb.Scan', { Items: [oddCpu] }],
      'failed to get image: failed to parse CPU value: parsing "256.0": invalid syntax',
    ],
    [
      'before a removal',
      (runner) => runner.removeImage(ctx, A),
      ['dynamodb.GetItem', down],
      'failed to get image by ImageID: failed to get image-taskdef mapping: sdk text',
    ],
    [
      'by the request that made them',
      (runner) => runner.getImagesByRequestId(ctx, 'req-1'),
      ['dynamodb.Scan', down],
      'failed to get images by request ID: failed to scan image-taskdef table by request ID: sdk text',
    ],
  ])('%s', async (_what, call, step, text) => {
    const { runner } = scriptedRunner([step]);

    expect(await failureOf(call(runner))).toMatchObject({ ...internal, text });
  });

  it('for no other row than the one that is chosen', async () => {
    const { runner } = scriptedRunner([['dynamodb.Scan', { Items: [oddCpu, alpineRow] }]]);
    const { is_default_placeholder: _mark, ...unmarked } = { is_default_placeholder: undefined, ...oddCpu };
    const second = scriptedRunner([['dynamodb.Scan', { Items: [unmarked, alpineRow] }]]);

    expect(await failureOf(runner.getImage(ctx, 'alpine:latest'))).toMatchObject(internal);
    expect((await second.runner.getImage(ctx, 'alpine:latest')).imageId).toBe(A);
  });
});

describe('removing an image fails', () => {
  const listed: Step = ['ecs.ListTaskDefinitions'];

  it.each<[string, readonly Step[], string]>([
    [
      'of the second read',
      [row, listed, ['dynamodb.GetItem', down]],
      'failed to get image by ImageID: failed to get image-taskdef mapping: sdk text',
    ],
    [
      'of the delete',
      [row, listed, row, ['dynamodb.DeleteItem', down]],
      'failed to delete image mapping: sdk text',
    ],
  ])('%s', async (_what, script, text) => {
    const { runner } = scriptedRunner(script);

    expect(await failureOf(runner.removeImage(ctx, A))).toMatchObject({
      ...internal,
      text: `failed to delete image from repository: ${text}`,
    });
  });

  it('in no way when the table calls the key invalid', async () => {
    const invalid = sdkError('ValidationException');
    const { runner } = scriptedRunner([row, listed, row, ['dynamodb.DeleteItem', invalid]]);

    await runner.removeImage(ctx, A);
  });

  it('without an account', async () => {
    const { options } = scriptedRunner([]);
    const runner = new AwsRunner({ ...options, config: { ...config, accountId: '' } });

    expect(await failureOf(runner.removeImage(ctx, A))).toMatchObject({
      text: 'AWS account ID not configured',
    });
  });

  it('in records only, where ECS does', async () => {
    const { runner, records } = scriptedRunner([
      row,
      ['ecs.ListTaskDefinitions', { taskDefinitionArns: ['a:1'], nextToken: 't' }],
      ['ecs.DeregisterTaskDefinition'],
      ['ecs.DeleteTaskDefinitions', down],
      ['ecs.ListTaskDefinitions', { taskDefinitionArns: ['a:2'], nextToken: '' }],
      ['ecs.DeregisterTaskDefinition'],
      ['ecs.DeleteTaskDefinitions', { failures: [{ reason: 'IN_USE' }] }],
      // An empty token does not end the list.
      ['ecs.ListTaskDefinitions', down],
      row,
      ['dynamodb.DeleteItem'],
    ]);

    await runner.removeImage(ctx, A);

    expect(records.map(({ level, event, fields }) => [level, fields['operation'], event])).toEqual([
      ['warn', 'ECS.DeleteTaskDefinitions', 'failed to delete task definitions'],
      ['warn', 'ECS.DeleteTaskDefinitions', 'some task definitions were not deleted'],
      ['warn', 'ECS.ListTaskDefinitions', 'failed to list task definitions for removal'],
    ]);
  });
});

describe('tasks and logs fail', () => {
  const cluster = 'runvoy-cluster';
  const arn = `arn:aws:ecs:us-east-1:123456789012:task/${cluster}/a`;
  const found: Step = ['ecs.ListTasks', { taskArns: [arn] }];

  it.each<[string, (runner: AwsRunner) => Promise<unknown>, readonly Step[], object]>([
    [
      'to be killed at step 2',
      (runner) => runner.killTask(ctx, 'a'),
      [['ecs.ListTasks', down]],
      { ...internal, text: 'failed to list tasks: sdk text' },
    ],
    [
      'to be killed at step 5',
      (runner) => runner.killTask(ctx, 'a'),
      [found, ['ecs.DescribeTasks', down]],
      { ...internal, text: 'failed to describe task: sdk text' },
    ],
    [
      'to be killed at step 6',
      (runner) => runner.killTask(ctx, 'a'),
      [found, ['ecs.DescribeTasks', { failures: [{ reason: 'MISSING' }] }]],
      { status: 404, text: 'task not found' },
    ],
    [
      'to be killed at step 8, without a status',
      (runner) => runner.killTask(ctx, 'a'),
      [found, ['ecs.DescribeTasks', { tasks: [{}] }]],
      { status: 400, details: 'task status: , expected: RUNNING, ACTIVATING' },
    ],
    [
      'to be killed at step 9',
      (runner) => runner.killTask(ctx, 'a'),
      [found, ['ecs.DescribeTasks', { tasks: [{ lastStatus: 'ACTIVATING' }] }], ['ecs.StopTask', down]],
      { ...internal, text: 'failed to stop task: sdk text' },
    ],
    [
      'to start at step 3',
      (runner) => runner.startTask(ctx, user, { command: 'x' }),
      [noDefault],
      { status: 400, text: 'no image specified and no default image configured' },
    ],
    [
      'to be read, of the streams',
      (runner) => runner.fetchLogsByExecutionId(ctx, 'a'),
      [['logs.DescribeLogStreams', sdkError('ResourceNotFoundException')]],
      { ...internal, text: 'failed to describe log streams: sdk text' },
    ],
    [
      'to be searched, of the groups',
      (runner) => runner.fetchBackendLogs(ctx, 'r'),
      [['logs.DescribeLogGroups', down]],
      { ...internal, text: 'failed to discover log groups: sdk text' },
    ],
    [
      'to be searched, of the query',
      (runner) => runner.fetchBackendLogs(ctx, 'r'),
      [
        ['logs.DescribeLogGroups', { logGroups: [{ logGroupName: 'g' }] }],
        ['logs.StartQuery', down],
      ],
      { ...internal, text: 'failed to start CloudWatch Logs Insights query: sdk text' },
    ],
    [
      'to be searched, of the results',
      (runner) => runner.fetchBackendLogs(ctx, 'r'),
      [
        ['logs.DescribeLogGroups', { logGroups: [{ logGroupName: 'g' }] }],
        ['logs.StartQuery'],
        ['logs.GetQueryResults', down],
      ],
      { ...internal, text: 'failed to get CloudWatch Logs Insights query results: sdk text' },
    ],
  ])('%s', async (_what, call, script, failure) => {
    const { runner, calls } = scriptedRunner(script);

    expect(await failureOf(call(runner))).toMatchObject(failure);

    expect(calls).toHaveLength(script.length);
  });

  it.each(['STOPPED', 'STOPPING', 'DEACTIVATING'])('to be killed when they are %s', async (lastStatus) => {
    const { runner } = scriptedRunner([found, ['ecs.DescribeTasks', { tasks: [{ lastStatus }] }]]);

    expect(await failureOf(runner.killTask(ctx, 'a'))).toMatchObject({
      ...{ status: 400, code: 'INVALID_REQUEST' },
      text: `task is already terminated or terminating: task status: ${lastStatus}`,
    });
  });
});

describe('the methods of the original that are not part of `Runner`', () => {
  it('find the reference of the default image, or nothing', async () => {
    const { runner } = scriptedRunner([['dynamodb.Query', { Items: [alpineRow] }], noDefault]);

    expect(await runner.getDefaultImageFromDb(ctx)).toBe('alpine:latest');
    expect(await runner.getDefaultImageFromDb(ctx)).toBe('');
  });

  it('find the family of an image by its ID or reference', async () => {
    const { task_definition_family: _family, ...without } = alpineRow;
    const { runner } = scriptedRunner([
      row,
      ['dynamodb.Scan', { Items: [alpineRow] }],
      ['dynamodb.GetItem', { Item: without }],
      noRow,
    ]);

    expect(await runner.getTaskDefinitionArnForImage(ctx, A)).toBe(FA);
    expect(await runner.getTaskDefinitionArnForImage(ctx, 'alpine:latest')).toBe(FA);
    expect(await runner.getTaskDefinitionArnForImage(ctx, A)).toBe('');
    expect(await failureOf(runner.getTaskDefinitionArnForImage(ctx, A))).toMatchObject({
      ...{ status: 500, code: undefined },
      text: `no task definition found for image: ${A}`,
    });
  });

  it('find the images of a request in the order of one page', async () => {
    const other = { ...alpineRow, image_id: { S: 'z:1-00000000' }, image: { S: 'z:1' } };
    const Items = [other, alpineRow];
    const { runner, calls } = scriptedRunner([['dynamodb.Scan', { Items, LastEvaluatedKey: other }]]);

    const images = await runner.getImagesByRequestId(ctx, 'req-1');

    expect(images.map(({ imageId }) => imageId)).toEqual(['z:1-00000000', A]);
    expect(calls).toStrictEqual([
      [
        'dynamodb.Scan',
        {
          TableName: 'runvoy-image-taskdefs',
          FilterExpression: 'created_by_request_id = :request_id OR modified_by_request_id = :request_id',
          ExpressionAttributeValues: { ':request_id': { S: 'req-1' } },
        },
      ],
    ]);
  });
});
