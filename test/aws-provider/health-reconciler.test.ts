import { describe, expect, it } from 'vitest';

import { createAwsHealthReconciler } from '../../src/providers/aws/aws-health-reconciler.js';
import { createDynamoDbImageRegistry } from '../../src/providers/aws/dynamodb-image-registry.js';
import { createImageTable } from '../../src/providers/aws/dynamodb-image-table.js';
import { createTaskDefinitions } from '../../src/providers/aws/ecs-task-definitions.js';
import { createSsmSecretRepository } from '../../src/providers/aws/ssm-secret-repository.js';
import { createSsmSecretValues } from '../../src/providers/aws/ssm-secret-values.js';
import { scriptedClients, sdkError, type Step } from '../support/scripted-clients.js';
import { failureOf, openSpoiled, type BadAnswer } from './bad-input/bad-answers.js';
import { alpineFamily, alpineRow, rowOf, type Row } from './image-rows.js';
import { ctx, definitionSettings, now } from './scripted-facets.js';

const arn = (family: string, revision: number) =>
  `arn:aws:ecs:us-east-1:123456789012:task-definition/${family}:${revision}`;
const tagsOf = (image: string, more: object[] = []) => [
  { key: 'DockerImage', value: image },
  { key: 'Application', value: 'runvoy' },
  { key: 'ManagedBy', value: 'runvoy-orchestrator' },
  ...more,
];

async function reconcile(rows: readonly Row[], script: readonly Step[]) {
  const { clients, log, calls } = scriptedClients([
    ['dynamodb.Scan', { Items: rows }],
    ...script,
    ['ssm.GetParametersByPath', { Parameters: [{ Name: '/runvoy/secrets/lost' }] }],
    ['dynamodb.Scan'],
    ['dynamodb.Scan', { Items: rows }],
    ['iam.GetRole'],
    ['iam.GetRole', sdkError('NoSuchEntityException')],
  ]);
  const { ecs, iam, dynamodb, ssm } = clients;
  const clock = (): Date => now;
  const settings = definitionSettings;
  const taskDefinitions = createTaskDefinitions({ ecs, settings, log });
  const table = createImageTable({ dynamodb, tableName: 'runvoy-image-taskdefs', now: clock });
  const imageRegistry = createDynamoDbImageRegistry({ table, taskDefinitions, iam, log });
  const secretValues = createSsmSecretValues({ ssm, prefix: '/runvoy/secrets', kmsKeyArn: '' });
  const secrets = createSsmSecretRepository({ dynamodb, tableName: 'secrets', values: secretValues });
  const shared = { ecs, iam, imageRegistry, secrets, secretValues, taskDefinitions, settings, log };
  const report = await createAwsHealthReconciler({ ...shared, now: clock }).reconcile(ctx);
  return { report, calls: calls.slice(1, 1 + script.length) };
}

it('repairs the tags of the latest revision, takes stale ones away and registers what is missing', async () => {
  const a = rowOf('a:1-00000001', 'a:1', { name: 'a', tag: '1' });
  const b = rowOf('b:1-00000002', 'b:1', { name: 'b', tag: '1' });
  const { report, calls } = await reconcile(
    [alpineRow, a, b],
    [
      [
        'ecs.ListTaskDefinitions',
        {
          taskDefinitionArns: [arn(alpineFamily, 9), arn(alpineFamily, 10), arn('other', 1)],
          nextToken: 't',
        },
      ],
      [
        'ecs.ListTaskDefinitions',
        { taskDefinitionArns: [arn('runvoy-b-1-00000002', 1), arn('runvoy-orphan', 1)] },
      ],
      [
        'ecs.RegisterTaskDefinition',
        { taskDefinition: { taskDefinitionArn: arn('runvoy-a-1-00000001', 1) } },
      ],
      ['ecs.TagResource'],
      ['ecs.ListTagsForResource', { tags: tagsOf('alpine:latest') }],
      ['ecs.TagResource'],
      ['ecs.ListTagsForResource', { tags: tagsOf('b:1', [{ key: 'IsDefault', value: 'true' }]) }],
      ['ecs.UntagResource'],
    ],
  );

  expect(calls[2]).toMatchObject([
    'ecs.RegisterTaskDefinition',
    {
      family: 'runvoy-a-1-00000001',
      containerDefinitions: [{ logConfiguration: { options: { 'awslogs-region': 'us-east-1' } } }, {}],
    },
  ]);
  expect(calls[4]).toStrictEqual(['ecs.ListTagsForResource', { resourceArn: arn(alpineFamily, 10) }]);
  expect(calls[5]).toStrictEqual([
    'ecs.TagResource',
    { resourceArn: arn(alpineFamily, 10), tags: [{ key: 'IsDefault', value: 'true' }] },
  ]);
  expect(calls[7]).toStrictEqual([
    'ecs.UntagResource',
    { resourceArn: arn('runvoy-b-1-00000002', 1), tagKeys: ['IsDefault'] },
  ]);
  expect(report).toMatchObject({
    timestamp: now,
    computeStatus: {
      totalResources: 3,
      verifiedCount: 0,
      recreatedCount: 1,
      tagUpdatedCount: 2,
      orphanedResources: ['runvoy-orphan'],
    },
    secretsStatus: { orphanedParameters: ['/runvoy/secrets/lost'] },
    identityStatus: {
      defaultRolesVerified: false,
      missingRoles: ['runvoy-task-role-us-east-1'],
    },
    reconciledCount: 3,
  });
  expect(report.issues.map(({ resourceId, severity }) => `${severity} ${resourceId}`)).toEqual([
    'warning runvoy-a-1-00000001',
    'warning runvoy-orphan',
    'warning /runvoy/secrets/lost',
    'error runvoy-task-role-us-east-1',
  ]);
});

it('reports an image that ECS refuses, and one without a family, and goes on', async () => {
  const a = rowOf('a:1-00000001', 'a:1', { name: 'a', tag: '1' });
  const { task_definition_family: _family, ...without } = rowOf('b:1-00000002', 'b:1', {
    name: 'b',
    tag: '1',
  });
  const { report } = await reconcile(
    [alpineRow, a, without],
    [
      ['ecs.ListTaskDefinitions', { taskDefinitionArns: [arn(alpineFamily, 1)] }],
      ['ecs.RegisterTaskDefinition', sdkError('ClientException')],
      ['ecs.ListTagsForResource', { tags: tagsOf('alpine:latest', [{ key: 'IsDefault', value: 'true' }]) }],
    ],
  );

  expect(report.computeStatus).toMatchObject({ totalResources: 3, verifiedCount: 1, recreatedCount: 0 });
  expect(report.issues.slice(0, 2)).toMatchObject([
    { resourceType: 'image', resourceId: 'a:1-00000001', severity: 'error' },
    { resourceType: 'image', resourceId: 'b:1-00000002', severity: 'error' },
  ]);
});

it('leaves off when ECS is out, since nothing more can be found then', async () => {
  const a = rowOf('a:1-00000001', 'a:1', { name: 'a', tag: '1' });
  const script: Step[] = [
    ['ecs.ListTaskDefinitions', { taskDefinitionArns: [] }],
    ['ecs.RegisterTaskDefinition', sdkError('ThrottlingException')],
  ];

  await expect(reconcile([a], script)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
});

describe('a deployment with an image and a secret', () => {
  async function open() {
    const { provider, spoil } = await openSpoiled();
    await provider.imageRegistry.registerImage(ctx, {
      image: 'alpine:3.18',
      permissions: { taskRole: 'task-role', executionRole: 'execution-role' },
      registeredBy: 'ada@example.com',
    });
    const by = { createdBy: 'ada@example.com', updatedBy: 'ada@example.com', ownedBy: [] };
    const times = { createdAt: now, updatedAt: now };
    const ids = { createdByRequestId: '', modifiedByRequestId: '' };
    await provider.secrets.createSecret(ctx, {
      ...{ name: 's', keyName: 'S', value: 'v' },
      ...{ ...by, ...times, ...ids },
    });
    return { provider, spoil };
  }

  it.each(['ssm.GetParameter', 'iam.GetRole'])(
    'is not said to lack what an outage keeps from being seen: %s',
    async (operation) => {
      const { provider, spoil } = await open();
      const out: BadAnswer = () => {
        throw sdkError('ThrottlingException');
      };
      spoil({ [operation]: out });

      expect(await failureOf(() => provider.healthReconciler.reconcile(ctx))).toMatchObject({ status: 503 });
    },
  );

  it('has the roles of its images counted, and those named that are gone', async () => {
    const { provider } = await open();
    provider.cloud.state.iam.roles.delete('execution-role');

    const { identityStatus } = await provider.healthReconciler.reconcile(ctx);

    expect(identityStatus).toMatchObject({
      defaultRolesVerified: true,
      customRolesVerified: 1,
      customRolesTotal: 2,
      missingRoles: ['execution-role'],
    });
  });

  it('gets a tag back that has another value', async () => {
    const { provider } = await open();
    const [resourceArn = ''] = provider.cloud.state.ecs.definitions.keys();
    const tags = [{ key: 'DockerImage', value: 'other' }];
    provider.cloud.handle('ecs', 'TagResource', { resourceArn, tags });

    const { computeStatus } = await provider.healthReconciler.reconcile(ctx);

    expect(computeStatus).toMatchObject({ verifiedCount: 0, tagUpdatedCount: 1 });
    expect(provider.cloud.state.ecs.tags.get(resourceArn)).toContainEqual({
      key: 'DockerImage',
      value: 'alpine:3.18',
    });
  });
});
