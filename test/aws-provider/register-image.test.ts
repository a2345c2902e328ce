import { describe, expect, it } from 'vitest';

import {
  alpineFamily,
  alpineId,
  alpineRow,
  get,
  insert,
  insertDefault,
  queryDefault,
  queryDefaults,
  rowOf,
  switchDefault,
} from './image-rows.js';
import { readImageSettings } from '../../src/providers/shared/image-settings.js';
import { makeImageIdWithRegistry } from '../../src/providers/shared/make-image-id.js';
import { parseImageReference } from '../../src/providers/shared/parse-image-reference.js';
import {
  type Call,
  ctx,
  definitionSettings,
  scriptedFacets,
  sdkError,
  type Step,
  user,
} from './scripted-facets.js';

const registered: Step = [
  'ecs.RegisterTaskDefinition',
  { taskDefinition: { taskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/f:1' } },
];

describe('registerImage on DynamoDB and ECS', () => {
  it('knows an image with an empty tag again', async () => {
    const id = 'alpine:-523f553b';
    const Item = rowOf(id, 'alpine:', { name: 'alpine', tag: '' });
    const { imageRegistry, calls } = scriptedFacets([['dynamodb.GetItem', { Item }]]);

    await imageRegistry.registerImage(ctx, { image: 'alpine:', registeredBy: user });

    expect(calls).toStrictEqual([get(id)]);
  });

  it('gives the image of another registry an ID with the registry in it', async () => {
    const Item = rowOf('o/a:1-da1ac6cd', 'ghcr.io/o/a:1', { registry: 'ghcr.io', name: 'o/a', tag: '1' });
    const { imageRegistry, calls } = scriptedFacets([
      ['dynamodb.GetItem', { Item }],
      ['dynamodb.GetItem'],
      ['dynamodb.Query', { Items: [Item] }],
      registered,
      ['ecs.TagResource'],
      ['dynamodb.PutItem'],
    ]);

    await imageRegistry.registerImage(ctx, { image: 'o/a:1', registeredBy: user });

    const imageId = makeImageIdWithRegistry({
      reference: parseImageReference('o/a:1'),
      settings: readImageSettings({ image: 'o/a:1', registeredBy: user }),
    });
    expect(calls[1]).toStrictEqual(get(imageId));
    expect(calls.at(-1)).toMatchObject(['dynamodb.PutItem', { Item: { image_id: { S: imageId } } }]);
  });

  it('takes no row that cannot be read for an image that is registered', async () => {
    const Item = { ...alpineRow, memory: { S: 'much' } };
    const { imageRegistry, calls } = scriptedFacets([['dynamodb.GetItem', { Item }]]);

    const registering = imageRegistry.registerImage(ctx, { image: 'alpine:latest', registeredBy: user });

    await expect(registering).rejects.toMatchObject({ message: 'failed to parse Memory value' });
    expect(calls).toStrictEqual([get(alpineId)]);
  });

  it('takes no image of a third registry for its own, whatever its ID', async () => {
    const other = rowOf('o/a:1-c15e9d00', 'quay.io/o/a:1', { registry: 'quay.io', name: 'o/a', tag: '1' });
    const { imageRegistry, calls } = scriptedFacets([
      ['dynamodb.GetItem'],
      ['dynamodb.GetItem', { Item: other }],
      registered,
      ['ecs.TagResource'],
      ['dynamodb.PutItem'],
    ]);

    await imageRegistry.registerImage(ctx, {
      image: 'ghcr.io/o/a:1',
      isDefault: false,
      registeredBy: user,
    });

    expect(calls.at(-1)).toMatchObject(['dynamodb.PutItem', { Item: { image: { S: 'ghcr.io/o/a:1' } } }]);
  });

  it('knows an image again by the ID with the registry', async () => {
    const Item = rowOf('o/a:1-c15e9d00', 'ghcr.io/o/a:1', { registry: 'ghcr.io', name: 'o/a', tag: '1' });
    const { imageRegistry, calls } = scriptedFacets([['dynamodb.GetItem'], ['dynamodb.GetItem', { Item }]]);

    await imageRegistry.registerImage(ctx, { image: 'ghcr.io/o/a:1', registeredBy: user });

    expect(calls[1]).toStrictEqual(get('o/a:1-c15e9d00'));
  });
});

const idWithRegistry = (image: string) =>
  makeImageIdWithRegistry({
    reference: parseImageReference(image),
    settings: readImageSettings({ image, registeredBy: user }),
  });
const nothingFound: readonly Step[] = [['dynamodb.GetItem'], ['dynamodb.GetItem']];
const cancelled = (...codes: string[]) =>
  sdkError('TransactionCanceledException', 'cancelled', {
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const ubuntuId = 'ubuntu:22.04-f5cde0df';
const ubuntuRow = rowOf(ubuntuId, 'ubuntu:22.04', { name: 'ubuntu', tag: '22.04' });
const deregister: Call = [
  'ecs.DeregisterTaskDefinition',
  { taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/f:1' },
];

describe('registering a new image', () => {
  it('stores the first one as the default', async () => {
    const { imageRegistry, calls } = scriptedFacets([
      ...nothingFound,
      ['dynamodb.Query'],
      registered,
      ['ecs.TagResource'],
      ['dynamodb.Query'],
      ['dynamodb.TransactWriteItems'],
    ]);

    await imageRegistry.registerImage(ctx, { image: 'alpine:latest', registeredBy: user });

    expect([...calls.slice(0, 3), ...calls.slice(4)]).toStrictEqual([
      get(alpineId),
      get(idWithRegistry('alpine:latest')),
      queryDefault,
      [
        'ecs.TagResource',
        {
          resourceArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/f:1',
          tags: [
            { key: 'DockerImage', value: 'alpine:latest' },
            { key: 'Application', value: 'runvoy' },
            { key: 'ManagedBy', value: 'runvoy-orchestrator' },
            { key: 'IsDefault', value: 'true' },
          ],
        },
      ],
      queryDefaults,
      insertDefault([], alpineRow),
    ]);
    expect(calls[3]).toMatchObject([
      'ecs.RegisterTaskDefinition',
      {
        family: alpineFamily,
        cpu: '256',
        memory: '512',
        taskRoleArn: definitionSettings.defaultTaskRoleArn,
        executionRoleArn: definitionSettings.defaultExecutionRoleArn,
        runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'ARM64' },
      },
    ]);
  });

  it('stores no ID of a request where there is none', async () => {
    const { imageRegistry, calls } = scriptedFacets([
      ...nothingFound,
      registered,
      ['ecs.TagResource'],
      ['dynamodb.PutItem'],
    ]);

    await imageRegistry.registerImage({}, { image: 'ubuntu:22.04', isDefault: false, registeredBy: user });

    const [, input] = calls.at(-1) ?? [];
    const { Item } = input as { readonly Item: object };
    expect(Object.keys(Item)).not.toContain('created_by_request_id');
    expect(Object.keys(Item)).not.toContain('modified_by_request_id');
  });

  it('makes nothing where the default cannot be read', async () => {
    const Items = [{ ...alpineRow, cpu: { S: 'many' } }];
    const { imageRegistry, calls } = scriptedFacets([...nothingFound, ['dynamodb.Query', { Items }]]);

    await expect(
      imageRegistry.registerImage(ctx, { image: 'ubuntu:22.04', registeredBy: user }),
    ).rejects.toMatchObject({ message: 'failed to parse CPU value' });
    expect(calls).toHaveLength(3);
  });

  it('takes the mark from the old default in the same write', async () => {
    const { imageRegistry, calls } = scriptedFacets([
      ...nothingFound,
      registered,
      ['ecs.TagResource'],
      ['dynamodb.Query', { Items: [ubuntuRow] }],
      ['dynamodb.TransactWriteItems'],
    ]);

    await imageRegistry.registerImage(ctx, { image: 'alpine:latest', isDefault: true, registeredBy: user });

    expect(calls.at(-1)).toStrictEqual(insertDefault([ubuntuId], alpineRow));
  });

  it('stores nothing over a row that somebody else has made in the meantime', async () => {
    const { imageRegistry, calls } = scriptedFacets([
      ...nothingFound,
      registered,
      ['ecs.TagResource'],
      ['dynamodb.PutItem', sdkError('ConditionalCheckFailedException')],
    ]);

    await imageRegistry.registerImage(ctx, { image: 'ubuntu:22.04', isDefault: false, registeredBy: user });

    expect(calls.at(-1)).toStrictEqual(
      insert({ ...ubuntuRow, task_definition_family: { S: 'runvoy-ubuntu-22-04-f5cde0df' } }),
    );
  });

  it('marks a row that somebody else has made in the meantime', async () => {
    const { imageRegistry, calls } = scriptedFacets([
      ...nothingFound,
      registered,
      ['ecs.TagResource'],
      ['dynamodb.Query'],
      ['dynamodb.TransactWriteItems', cancelled('ConditionalCheckFailed')],
      ['dynamodb.Query'],
      ['dynamodb.TransactWriteItems'],
    ]);

    await imageRegistry.registerImage(ctx, { image: 'alpine:latest', isDefault: true, registeredBy: user });

    expect(calls.at(-1)).toStrictEqual(switchDefault([], alpineId));
  });

  it('takes the task definition back when the row cannot be written', async () => {
    const outage = sdkError('ProvisionedThroughputExceededException');
    const { imageRegistry, calls } = scriptedFacets([
      ...nothingFound,
      registered,
      ['ecs.TagResource'],
      ['dynamodb.PutItem', outage],
      ['ecs.DeregisterTaskDefinition'],
    ]);

    await expect(
      imageRegistry.registerImage(ctx, { image: 'a:1', isDefault: false, registeredBy: user }),
    ).rejects.toMatchObject({ message: 'failed to put image-taskdef mapping', cause: outage });
    expect(calls.at(-1)).toStrictEqual(deregister);
  });

  it('reports the first failure when taking back fails too', async () => {
    const { imageRegistry, records } = scriptedFacets([
      ...nothingFound,
      registered,
      ['ecs.TagResource'],
      ['dynamodb.PutItem', sdkError('AccessDeniedException')],
      ['ecs.DeregisterTaskDefinition', sdkError('ServerException')],
    ]);

    await expect(
      imageRegistry.registerImage(ctx, { image: 'a:1', isDefault: false, registeredBy: user }),
    ).rejects.toMatchObject({ message: 'failed to put image-taskdef mapping' });
    expect(records.map(({ event }) => event)).toEqual(['failed to deregister task definition']);
  });
});

describe('switching the default image', () => {
  const large: Partial<Parameters<typeof readImageSettings>[0]> = { resources: { cpu: 1024, memory: 2048 } };
  const largeId = 'alpine:latest-e61d1dea';
  const largeRow = rowOf(largeId, 'alpine:latest', { name: 'alpine', tag: 'latest' });

  it('marks the image that was registered again, whatever its size', async () => {
    const { imageRegistry, calls } = scriptedFacets([
      ['dynamodb.GetItem', { Item: largeRow }],
      ['dynamodb.Query', { Items: [alpineRow] }],
      ['dynamodb.TransactWriteItems'],
    ]);

    await imageRegistry.registerImage(ctx, {
      image: 'alpine:latest',
      isDefault: true,
      ...large,
      registeredBy: user,
    });

    expect(calls).toStrictEqual([get(largeId), queryDefaults, switchDefault([alpineId], largeId)]);
  });

  it('reads again when somebody else has moved the mark', async () => {
    const { imageRegistry, calls } = scriptedFacets([
      ['dynamodb.Query', { Items: [alpineRow] }],
      ['dynamodb.TransactWriteItems', cancelled('ConditionalCheckFailed', 'None')],
      ['dynamodb.Query', { Items: [ubuntuRow] }],
      ['dynamodb.TransactWriteItems', cancelled('None', 'TransactionConflict')],
      ['dynamodb.Query', {}],
      ['dynamodb.TransactWriteItems'],
    ]);

    await imageRegistry.setDefaultImage(ctx, largeId);

    expect(calls.filter(([operation]) => operation === 'dynamodb.TransactWriteItems')).toStrictEqual([
      switchDefault([alpineId], largeId),
      switchDefault([ubuntuId], largeId),
      switchDefault([], largeId),
    ]);
  });

  it('gives up after three tries', async () => {
    const round: Step[] = [
      ['dynamodb.Query', { Items: [alpineRow] }],
      ['dynamodb.TransactWriteItems', cancelled('ConditionalCheckFailed', 'None')],
    ];
    const { imageRegistry, calls } = scriptedFacets([...round, ...round, ...round]);

    await expect(imageRegistry.setDefaultImage(ctx, largeId)).rejects.toMatchObject({
      code: 'DATABASE_ERROR',
      message: 'the default image is being changed by others: try again',
    });
    expect(calls).toHaveLength(6);
  });

  it('does not make a row that is not there', async () => {
    const { imageRegistry } = scriptedFacets([
      ['dynamodb.Query', { Items: [alpineRow] }],
      ['dynamodb.TransactWriteItems', cancelled('None', 'ConditionalCheckFailed')],
    ]);

    await expect(imageRegistry.setDefaultImage(ctx, largeId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('passes a failure of the store on', async () => {
    const refusal = sdkError('AccessDeniedException');
    const { imageRegistry } = scriptedFacets([['dynamodb.Query'], ['dynamodb.TransactWriteItems', refusal]]);

    await expect(imageRegistry.setDefaultImage(ctx, largeId)).rejects.toMatchObject({
      message: 'failed to set image as default',
      cause: refusal,
    });
  });
});

describe('platforms', () => {
  it.each([
    ['linux/amd64', undefined, 'alpine:latest-7aa12d17', 'Linux/X86_64', 'X86_64'],
    ['linux', 'arm64', alpineId, 'Linux/ARM64', 'ARM64'],
    ['Linux/X86_64', undefined, 'alpine:latest-7aa12d17', 'Linux/X86_64', 'X86_64'],
  ])('%s and %s make the image %s', async (platform, architecture, imageId, stored, cpuArchitecture) => {
    const { imageRegistry, calls } = scriptedFacets([
      ...nothingFound,
      registered,
      ['ecs.TagResource'],
      ['dynamodb.PutItem'],
    ]);

    await imageRegistry.registerImage(ctx, {
      image: 'alpine:latest',
      isDefault: false,
      runtime: { platform, architecture },
      registeredBy: user,
    });

    expect(calls[2]).toMatchObject([
      'ecs.RegisterTaskDefinition',
      { runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture } },
    ]);
    expect(calls.at(-1)).toMatchObject([
      'dynamodb.PutItem',
      { Item: { image_id: { S: imageId }, runtime_platform: { S: stored } } },
    ]);
  });

  it('that ECS does not have run on ARM64 and are stored as given', async () => {
    const { imageRegistry, calls, records } = scriptedFacets([
      ...nothingFound,
      registered,
      ['ecs.TagResource'],
      ['dynamodb.PutItem'],
    ]);

    await imageRegistry.registerImage(ctx, {
      image: 'a:1',
      isDefault: false,
      permissions: { taskRole: '', executionRole: '' },
      resources: { cpu: 0 },
      runtime: { platform: 'Windows/X' },
      registeredBy: user,
    });

    expect(calls.at(-1)).toMatchObject([
      'dynamodb.PutItem',
      {
        Item: {
          image_id: { S: 'a:1-3cef8b50' },
          runtime_platform: { S: 'Windows/X' },
          cpu: { S: '0' },
          task_role_name: { S: '' },
          task_execution_role_name: { S: '' },
        },
      },
    ]);
    expect(records.map(({ event }) => event)).toEqual(['unsupported runtime platform, using Linux/ARM64']);
  });
});

describe('roles', () => {
  it('that do not exist are refused before anything else', async () => {
    const { imageRegistry, calls } = scriptedFacets([
      ['iam.GetRole'],
      ['iam.GetRole', sdkError('NoSuchEntityException')],
    ]);

    await expect(
      imageRegistry.registerImage(ctx, {
        image: 'a',
        permissions: { taskRole: 'build', executionRole: 'nr' },
        registeredBy: user,
      }),
    ).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: 'task execution IAM role does not exist: nr',
    });
    expect(calls).toStrictEqual([
      ['iam.GetRole', { RoleName: 'build' }],
      ['iam.GetRole', { RoleName: 'nr' }],
    ]);
  });
});
