import { createDynamoDbExecutionRepository } from '../../src/providers/aws/dynamodb-execution-repository.js';
import { createDynamoDbImageRegistry } from '../../src/providers/aws/dynamodb-image-registry.js';
import { createImageTable } from '../../src/providers/aws/dynamodb-image-table.js';
import { createDynamoDbPendingKeyRepository } from '../../src/providers/aws/dynamodb-pending-key-repository.js';
import { createDynamoDbStreamTokenRepository } from '../../src/providers/aws/dynamodb-stream-token-repository.js';
import { createDynamoDbUserRepository } from '../../src/providers/aws/dynamodb-user-repository.js';
import { createTaskDefinitions } from '../../src/providers/aws/ecs-task-definitions.js';
import { createSsmSecretRepository } from '../../src/providers/aws/ssm-secret-repository.js';
import { createSsmSecretValues } from '../../src/providers/aws/ssm-secret-values.js';
import { CloudSession } from '../aws-model/cloud-session.js';
import { Cloud } from '../aws-model/cloud.js';
import { projectTables } from '../aws-model/dynamodb/project-tables.js';
import { createMockedClients } from '../aws-model/mocked-clients.js';
import { createAwsHealthReconciler } from '../../src/providers/aws/aws-health-reconciler.js';
import { executionRepositoryContract } from './execution-repository.contract.js';
import { healthReconcilerContract } from './health-reconciler.contract.js';
import { imageRegistryContract } from './image-registry.contract.js';
import { pendingKeyRepositoryContract } from './pending-key-repository.contract.js';
import { secretRepositoryContract } from './secret-repository.contract.js';
import { streamTokenRepositoryContract } from './stream-token-repository.contract.js';
import { userRepositoryContract } from './user-repository.contract.js';

const now = (): Date => new Date('2026-01-01T00:00:00.789Z');
const logGroup = '/aws/ecs/runvoy/runner';
const clients = createMockedClients('us-east-1');

/** An account in which nothing has happened yet. */
function openCloud(): Cloud {
  const cloud = new Cloud({
    region: 'us-east-1',
    accountId: '123456789012',
    now,
    tables: projectTables,
    clusters: ['runvoy-cluster'],
    logGroups: [logGroup],
    roles: ['build', 'pull'],
    pageSize: 100,
  });
  clients.use(new CloudSession(cloud));
  return cloud;
}

const { dynamodb, ecs, iam, ssm } = clients;
const log = { info: () => undefined, warn: () => undefined };

const settings = {
  logGroup,
  region: 'us-east-1',
  accountId: '123456789012',
  defaultTaskRoleArn: '',
  defaultExecutionRoleArn: 'arn:aws:iam::123456789012:role/pull',
};
const taskDefinitions = createTaskDefinitions({ ecs, settings, log });
const createImageRegistry = () =>
  createDynamoDbImageRegistry({
    table: createImageTable({ dynamodb, tableName: 'runvoy-image-taskdefs', now }),
    taskDefinitions,
    iam,
    log,
  });
const secretValues = createSsmSecretValues({ ssm, prefix: '/runvoy/secrets', kmsKeyArn: '' });
const createSecrets = () =>
  createSsmSecretRepository({ dynamodb, tableName: 'runvoy-secrets-metadata', values: secretValues });
const damageValueIn = (cloud: Cloud) => async (name: string) => {
  cloud.state.ssm.parameters.delete(secretValues.nameOf(name));
};

imageRegistryContract('aws', async () => {
  openCloud();
  return createImageRegistry();
});

executionRepositoryContract('aws', async () => {
  openCloud();
  return createDynamoDbExecutionRepository({ dynamodb, log, tableName: 'runvoy-executions' });
});

userRepositoryContract('aws', async () => {
  openCloud();
  return createDynamoDbUserRepository({ dynamodb, log, tableName: 'runvoy-api-keys' });
});

pendingKeyRepositoryContract('aws', async () => {
  openCloud();
  return createDynamoDbPendingKeyRepository({ dynamodb, tableName: 'runvoy-pending-api-keys' });
});

streamTokenRepositoryContract('aws', async () => {
  openCloud();
  return createDynamoDbStreamTokenRepository({ dynamodb, tableName: 'runvoy-websocket-tokens' });
});

secretRepositoryContract('aws', async () => {
  const cloud = openCloud();
  return { secrets: createSecrets(), damageValue: damageValueIn(cloud) };
});

healthReconcilerContract('aws', async () => {
  const cloud = openCloud();
  const imageRegistry = createImageRegistry();
  const secrets = createSecrets();
  const shared = { ecs, iam, imageRegistry, secrets, secretValues, taskDefinitions, settings, log, now };
  return {
    healthReconciler: createAwsHealthReconciler(shared),
    imageRegistry,
    secrets,
    damageValue: damageValueIn(cloud),
  };
});
