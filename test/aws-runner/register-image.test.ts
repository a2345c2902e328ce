import { describe, expect, it } from 'vitest';

import { failureOf } from './failure.js';
import {
  type Call,
  config,
  ctx,
  nowSeconds,
  scriptedRunner,
  sdkError,
  type Step,
  user,
} from './scripted-aws.js';
import {
  A,
  alpineRow,
  deleteItem,
  FA,
  get,
  mark,
  put,
  queryDefault,
  queryDefaults,
  rowOf,
  unmark,
} from './table-calls.js';

const arnOf = (family: string) => `arn:aws:ecs:us-east-1:123456789012:task-definition/${family}:1`;
const registered = (family: string): Step => [
  'ecs.RegisterTaskDefinition',
  { taskDefinition: { taskDefinitionArn: arnOf(family) } },
];
const base = {
  command: [
    '/bin/sh',
    '-c',
    'echo "This task definition is a template. Command will be overridden at runtime."',
  ],
  mountPoints: [{ containerPath: '/workspace', sourceVolume: 'workspace' }],
  logConfiguration: {
    logDriver: 'awslogs',
    options: {
      'awslogs-group': '/aws/ecs/runvoy/runner',
      'awslogs-region': 'us-east-1',
      'awslogs-stream-prefix': 'task',
    },
  },
};
const registerTaskDefinition = (family: string, image: string, more: object = {}): Call => [
  'ecs.RegisterTaskDefinition',
  {
    family,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: config.defaultTaskExecRoleArn,
    taskRoleArn: config.defaultTaskRoleArn,
    ephemeralStorage: { sizeInGiB: 21 },
    volumes: [{ name: 'workspace' }],
    runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'ARM64' },
    containerDefinitions: [
      {
        ...base,
        name: 'sidecar',
        image: 'public.ecr.aws/docker/library/alpine:latest',
        essential: false,
      },
      {
        ...base,
        name: 'runner',
        image,
        essential: true,
        dependsOn: [{ containerName: 'sidecar', condition: 'SUCCESS' }],
        workingDirectory: '/workspace',
      },
    ],
    ...more,
  },
];
const tagResource = (family: string, image: string, isDefault: boolean): Call => [
  'ecs.TagResource',
  {
    resourceArn: arnOf(family),
    tags: [
      { key: 'DockerImage', value: image },
      { key: 'Application', value: 'runvoy' },
      { key: 'ManagedBy', value: 'runvoy-orchestrator' },
      ...(isDefault ? [{ key: 'IsDefault', value: 'true' }] : []),
    ],
  },
];
const getRole = (name: string): Call => ['iam.GetRole', { RoleName: name }];

const terraformId = 'hashicorp/terraform:1.6-29bbf154';
const terraformRow = {
  ...rowOf(terraformId, 'hashicorp/terraform:1.6', 'hashicorp/terraform', '1.6'),
  cpu: { S: '1024' },
  memory: { S: '2048' },
  runtime_platform: { S: 'Linux/X86_64' },
  task_role_name: { S: 'my-task-role' },
  task_execution_role_name: { S: 'my-exec-role' },
  task_definition_family: { S: 'runvoy-hashicorp-terraform-1-6-29bbf154' },
};

describe('registerImage of the original, by its worked examples', () => {
  it('8.1 registers the first image and makes it the default', async () => {
    const { runner, calls } = scriptedRunner([
      ['dynamodb.GetItem'],
      ['dynamodb.Query', { Items: [] }],
      registered(FA),
      ['ecs.TagResource'],
      ['dynamodb.Query', {}],
      ['dynamodb.GetItem'],
      ['dynamodb.PutItem'],
    ]);
    await runner.registerImage(
      ctx,
      'alpine:latest',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      user,
    );
    expect(calls).toStrictEqual([
      get(A),
      queryDefault,
      registerTaskDefinition(FA, 'alpine:latest'),
      tagResource(FA, 'alpine:latest', true),
      queryDefaults,
      get(A),
      put(alpineRow),
    ]);
  });

  it('8.2 registers a sized image with roles beside a default', async () => {
    const family = 'runvoy-hashicorp-terraform-1-6-29bbf154';
    const { runner, calls } = scriptedRunner([
      ['iam.GetRole'],
      ['iam.GetRole'],
      ['dynamodb.GetItem'],
      ['dynamodb.Query', { Items: [alpineRow] }],
      registered(family),
      ['ecs.TagResource'],
      ['dynamodb.GetItem'],
      ['dynamodb.PutItem'],
    ]);
    await runner.registerImage(
      ctx,
      'hashicorp/terraform:1.6',
      undefined,
      'my-task-role',
      'my-exec-role',
      1024,
      2048,
      'Linux/X86_64',
      user,
    );
    expect(calls).toStrictEqual([
      getRole('my-task-role'),
      getRole('my-exec-role'),
      get(terraformId),
      queryDefault,
      registerTaskDefinition(family, 'hashicorp/terraform:1.6', {
        cpu: '1024',
        memory: '2048',
        executionRoleArn: 'arn:aws:iam::123456789012:role/my-exec-role',
        taskRoleArn: 'arn:aws:iam::123456789012:role/my-task-role',
        runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
      }),
      tagResource(family, 'hashicorp/terraform:1.6', false),
      get(terraformId),
      put(terraformRow),
    ]);
  });

  it('8.3 registers a default over an old one', async () => {
    const id = 'ubuntu:22.04-f5cde0df';
    const family = 'runvoy-ubuntu-22-04-f5cde0df';
    const { runner, calls } = scriptedRunner([
      ['dynamodb.GetItem'],
      registered(family),
      ['ecs.TagResource'],
      ['dynamodb.Query', { Items: [alpineRow] }],
      ['dynamodb.UpdateItem'],
      ['dynamodb.GetItem'],
      ['dynamodb.PutItem'],
    ]);
    await runner.registerImage(
      ctx,
      'ubuntu:22.04',
      true,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      user,
    );
    expect(calls).toStrictEqual([
      get(id),
      registerTaskDefinition(family, 'ubuntu:22.04'),
      tagResource(family, 'ubuntu:22.04', true),
      queryDefaults,
      unmark(A),
      get(id),
      put({
        ...rowOf(id, 'ubuntu:22.04', 'ubuntu', '22.04'),
        is_default_placeholder: { S: 'DEFAULT' },
        task_definition_family: { S: family },
      }),
    ]);
  });

  it.each([undefined, false])('8.4 re-registers with isDefault %s: one read', async (isDefault) => {
    const { runner, calls } = scriptedRunner([['dynamodb.GetItem', { Item: alpineRow }]]);
    await runner.registerImage(
      ctx,
      'alpine:latest',
      isDefault,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      user,
    );
    expect(calls).toStrictEqual([get(A)]);
  });

  it('8.5 re-registers as default without asking ECS', async () => {
    const ubuntu = rowOf('ubuntu:22.04-f5cde0df', 'ubuntu:22.04', 'ubuntu', '22.04');
    const { runner, calls } = scriptedRunner([
      ['dynamodb.GetItem', { Item: alpineRow }],
      ['dynamodb.Query', { Items: [ubuntu] }],
      ['dynamodb.UpdateItem'],
      ['dynamodb.UpdateItem'],
    ]);
    await runner.registerImage(
      ctx,
      'alpine:latest',
      true,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      user,
    );
    expect(calls).toStrictEqual([get(A), queryDefaults, unmark('ubuntu:22.04-f5cde0df'), mark(A)]);
  });

  it('8.6 takes the image of another registry for the same one', async () => {
    const { runner, calls } = scriptedRunner([
      ['iam.GetRole'],
      ['iam.GetRole'],
      ['dynamodb.GetItem', { Item: terraformRow }],
    ]);
    await runner.registerImage(
      ctx,
      'gcr.io/hashicorp/terraform:1.6',
      undefined,
      'my-task-role',
      'my-exec-role',
      1024,
      2048,
      'Linux/X86_64',
      user,
    );
    expect(calls).toStrictEqual([getRole('my-task-role'), getRole('my-exec-role'), get(terraformId)]);
  });

  it('8.7 marks the row of the default size, which may not exist', async () => {
    const sized = { ...rowOf('alpine:latest-e61d1dea', 'alpine:latest', 'alpine', 'latest') };
    const { runner, calls } = scriptedRunner([
      ['dynamodb.GetItem', { Item: sized }],
      ['dynamodb.Query', { Items: [] }],
      ['dynamodb.UpdateItem'],
    ]);
    await runner.registerImage(ctx, 'alpine:latest', true, undefined, undefined, 1024, 2048, undefined, user);
    expect(calls).toStrictEqual([get('alpine:latest-e61d1dea'), queryDefaults, mark(A)]);
  });

  it('8.7 fails everywhere afterwards on the phantom row', async () => {
    const phantom = {
      image_id: { S: A },
      is_default_placeholder: { S: 'DEFAULT' },
      updated_at: { N: nowSeconds },
    };
    const parseFailure = { status: 500, code: 'INTERNAL_ERROR', message: 'failed to parse CPU value' };
    const listing = scriptedRunner([['dynamodb.Scan', { Items: [alpineRow, phantom] }]]);
    expect(await failureOf(listing.runner.listImages(ctx))).toMatchObject({
      ...parseFailure,
      text: 'failed to list images from repository: failed to parse CPU value: parsing "": invalid syntax',
    });
    const byDefault = scriptedRunner([['dynamodb.Query', { Items: [phantom] }]]);
    expect(await failureOf(byDefault.runner.getImage(ctx, ''))).toMatchObject(parseFailure);
    const byId = scriptedRunner([['dynamodb.GetItem', { Item: phantom }]]);
    expect(await failureOf(byId.runner.getImage(ctx, A))).toMatchObject(parseFailure);
    const removing = scriptedRunner([['dynamodb.GetItem', { Item: phantom }]]);
    expect(await failureOf(removing.runner.removeImage(ctx, A))).toMatchObject(parseFailure);
    expect(removing.calls).not.toContainEqual(deleteItem(A));
    const registering = scriptedRunner([['dynamodb.GetItem'], ['dynamodb.Query', { Items: [phantom] }]]);
    const another = registering.runner.registerImage(
      ctx,
      'ubuntu:22.04',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      user,
    );
    expect(await failureOf(another)).toMatchObject(parseFailure);
  });

  it('8.8 refuses a role that does not exist before anything else', async () => {
    const { runner, calls } = scriptedRunner([['iam.GetRole', sdkError('NoSuchEntityException')]]);
    const failure = await failureOf(
      runner.registerImage(
        ctx,
        'alpine:latest',
        undefined,
        'nr',
        undefined,
        undefined,
        undefined,
        undefined,
        user,
      ),
    );
    expect(failure).toMatchObject({
      status: 400,
      message: 'task IAM role does not exist: nr',
      details: 'sdk text',
    });
    expect(calls).toStrictEqual([getRole('nr')]);
  });

  it('8.9 registers an unsupported platform as ARM64 and stores it as given', async () => {
    const { runner, calls, records } = scriptedRunner([
      ['dynamodb.GetItem'],
      registered('runvoy-a-1-3cef8b50'),
      ['ecs.TagResource'],
      ['dynamodb.GetItem'],
      ['dynamodb.PutItem'],
    ]);
    await runner.registerImage(ctx, 'a:1', false, '', '', 0, undefined, 'Windows/X', user);
    expect(calls).toStrictEqual([
      get('a:1-3cef8b50'),
      registerTaskDefinition('runvoy-a-1-3cef8b50', 'a:1', { cpu: '0' }),
      tagResource('runvoy-a-1-3cef8b50', 'a:1', false),
      get('a:1-3cef8b50'),
      put({
        ...rowOf('a:1-3cef8b50', 'a:1', 'a', '1'),
        cpu: { S: '0' },
        runtime_platform: { S: 'Windows/X' },
        task_role_name: { S: '' },
        task_execution_role_name: { S: '' },
        task_definition_family: { S: 'runvoy-a-1-3cef8b50' },
      }),
    ]);
    expect(records.map(({ level }) => level)).toEqual(['warn']);
  });

  it('8.20 looks for an empty tag under another ID, and so loses its own default mark', async () => {
    const id = 'alpine:-523f553b';
    const family = 'runvoy-alpine-523f553b';
    const row = {
      ...rowOf(id, 'alpine:', 'alpine', ''),
      task_definition_family: { S: family },
      is_default_placeholder: { S: 'DEFAULT' },
    };
    const register = (script: Step[]) => {
      const scripted = scriptedRunner(script);
      const done = scripted.runner.registerImage(
        ctx,
        'alpine:',
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        user,
      );
      return { ...scripted, done };
    };
    const first = register([
      ['dynamodb.GetItem'],
      ['dynamodb.Query', {}],
      registered(family),
      ['ecs.TagResource'],
      ['dynamodb.Query', {}],
      ['dynamodb.GetItem'],
      ['dynamodb.PutItem'],
    ]);
    await first.done;
    expect([first.calls[0], first.calls[5], first.calls[6]]).toStrictEqual([get(A), get(id), put(row)]);
    const second = register([
      ['dynamodb.GetItem'],
      ['dynamodb.Query', { Items: [row] }],
      registered(family),
      ['ecs.TagResource'],
      ['dynamodb.GetItem', { Item: row }],
      ['dynamodb.PutItem'],
    ]);
    await second.done;
    const { is_default_placeholder: _mark, ...unmarked } = row;
    expect(second.calls.at(-1)).toStrictEqual(put(unmarked));
  });
});
