import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeTasksCommand,
  ECSClient,
  ListServicesCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { GetRoleCommand, IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam';
import { GetParameterCommand, ParameterNotFound, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, expect, it } from 'vitest';
import { CloudSession } from '../cloud-session.js';
import type { Gate } from '../cloud-session.js';
import { Cloud } from '../cloud.js';
import { projectTables } from '../dynamodb/project-tables.js';
import { startWireServer } from './wire-server.js';

const now = new Date('2026-03-04T05:06:07.890Z');
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function openWire(gate?: Gate) {
  const cloud = new Cloud({
    region: 'eu-west-1',
    accountId: '123456789012',
    now: () => now,
    tables: projectTables,
    clusters: ['runvoy-cluster'],
    logGroups: ['/aws/lambda/runvoy-orchestrator'],
    roles: ['build'],
    pageSize: 100,
  });
  const session = new CloudSession(cloud, gate);
  const server = await startWireServer(session);
  const options = {
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
  const clients = {
    ecs: new ECSClient(options),
    dynamodb: new DynamoDBClient(options),
    logs: new CloudWatchLogsClient(options),
    iam: new IAMClient(options),
    ssm: new SSMClient(options),
    sts: new STSClient(options),
  };
  closing.push(...Object.values(clients).map((client) => () => client.destroy()), () => server.close());
  return { cloud, session, ...clients };
}

it('answers each service in its own protocol', async () => {
  const { dynamodb, logs, iam, ssm, sts } = await openWire();
  const item = {
    secret_name: { S: 'a "b" <c>' },
    owned_by: { L: [{ S: 'ö' }] },
    bytes: { B: Buffer.from([0, 255]) },
  };

  await dynamodb.send(new PutItemCommand({ TableName: 'runvoy-secrets-metadata', Item: item }));
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: 'runvoy-secrets-metadata', Key: { secret_name: item.secret_name } }),
  );
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws' }));
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'build' }));
  await ssm.send(new PutParameterCommand({ Name: '/a/b', Value: '&', Type: 'SecureString' }));
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/a/b', WithDecryption: true }));
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));

  expect({ ...Item, bytes: { B: Buffer.from(Item?.['bytes']?.B ?? []) } }).toEqual(item);
  expect(logGroups).toMatchObject([{ logGroupName: '/aws/lambda/runvoy-orchestrator' }]);
  expect(Role?.Arn).toBe('arn:aws:iam::123456789012:role/build');
  expect(Parameter?.Value).toBe('&');
  expect(Account).toBe('123456789012');
});

it('gives times as times', async () => {
  const { ecs, cloud } = await openWire();
  cloud.handle('ecs', 'RegisterTaskDefinition', {
    family: 'runvoy-a',
    containerDefinitions: [{ name: 'runner', image: 'a' }],
  });

  await ecs.send(new RunTaskCommand({ cluster: 'runvoy-cluster', taskDefinition: 'runvoy-a' }));
  const [task] = cloud.state.ecs.tasks.values();
  const { tasks } = await ecs.send(
    new DescribeTasksCommand({ cluster: 'runvoy-cluster', tasks: [task?.id ?? ''] }),
  );

  expect(tasks?.[0]?.createdAt).toEqual(now);
});

it('refuses with the exceptions that the clients know', async () => {
  const { dynamodb, iam, ssm } = await openWire();
  const failed = async (step: Promise<unknown>): Promise<unknown> => step.catch((error: unknown) => error);
  const Update = {
    TableName: 'runvoy-image-taskdefs',
    Key: { image_id: { S: 'a' } },
    UpdateExpression: 'SET cpu = :cpu',
    ConditionExpression: 'attribute_exists(image_id)',
    ExpressionAttributeValues: { ':cpu': { S: '1' } },
  };

  const cancelled = await failed(
    dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [{ Update }] })),
  );
  const role = await failed(iam.send(new GetRoleCommand({ RoleName: 'nobody' })));
  const parameter = await failed(ssm.send(new GetParameterCommand({ Name: '/none' })));

  expect(cancelled).toBeInstanceOf(TransactionCanceledException);
  expect(cancelled).toMatchObject({ CancellationReasons: [{ Code: 'ConditionalCheckFailed' }] });
  expect(role).toBeInstanceOf(NoSuchEntityException);
  expect(role).toMatchObject({ name: 'NoSuchEntityException', $metadata: { httpStatusCode: 404 } });
  expect(parameter).toBeInstanceOf(ParameterNotFound);
});

it('breaks the connection where a fault does', async () => {
  const { sts } = await openWire({ arrive: async () => ({ fault: 'connection-reset' }) });

  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ code: 'ECONNRESET' });
});

it.each([
  ['cut-behind-headers', { code: 'ECONNRESET' }],
  ['cut-in-body', { code: 'ECONNRESET' }],
  ['half-of-body', { name: 'SyntaxError' }],
])('breaks an answer off that the model has given: %s', async (fault, failure) => {
  const { ecs, cloud } = await openWire({ arrive: async () => ({ fault }) });
  const definition = { family: 'runvoy-a', containerDefinitions: [{ name: 'runner', image: 'a' }] };

  await expect(ecs.send(new RegisterTaskDefinitionCommand(definition))).rejects.toMatchObject(failure);

  expect(cloud.state.ecs.definitions.size).toBe(1);
});

it('tells a throttled client so', async () => {
  const { ecs, iam } = await openWire({ arrive: async () => ({ fault: 'throttled' }) });

  await expect(ecs.send(new ListServicesCommand({}))).rejects.toMatchObject({ name: 'ThrottlingException' });
  await expect(iam.send(new GetRoleCommand({ RoleName: 'a' }))).rejects.toMatchObject({ name: 'Throttling' });
});

it('says which operation the model does not know', async () => {
  const { ecs } = await openWire();

  await expect(ecs.send(new ListServicesCommand({}))).rejects.toThrow('does not know ecs.ListServices');
});
