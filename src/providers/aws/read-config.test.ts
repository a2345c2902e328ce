import { expect, it } from 'vitest';

import { readAwsConfig } from './read-config.js';

const env = {
  RUNVOY_AWS_ECS_CLUSTER: 'cluster',
  RUNVOY_AWS_SUBNET_1: 'subnet-a',
  RUNVOY_AWS_SUBNET_2: 'subnet-b',
  RUNVOY_AWS_SECURITY_GROUP: 'sg-1',
  RUNVOY_AWS_LOG_GROUP: '/logs',
  RUNVOY_AWS_IMAGE_TASKDEFS_TABLE: 'images',
  RUNVOY_AWS_EXECUTIONS_TABLE: 'executions',
  RUNVOY_AWS_API_KEYS_TABLE: 'keys',
  RUNVOY_AWS_PENDING_API_KEYS_TABLE: 'pending',
  RUNVOY_AWS_SECRETS_METADATA_TABLE: 'secrets',
  RUNVOY_AWS_WEBSOCKET_TOKENS_TABLE: 'tokens',
};

it('reads what a deployment of the original sets', () => {
  expect(readAwsConfig(env)).toStrictEqual({
    ecsCluster: 'cluster',
    subnet1: 'subnet-a',
    subnet2: 'subnet-b',
    securityGroup: 'sg-1',
    logGroup: '/logs',
    defaultTaskRoleArn: '',
    defaultTaskExecRoleArn: '',
    imageTaskDefsTable: 'images',
    executionsTable: 'executions',
    apiKeysTable: 'keys',
    pendingApiKeysTable: 'pending',
    secretsMetadataTable: 'secrets',
    websocketTokensTable: 'tokens',
    secretsPrefix: '/runvoy/secrets',
    secretsKmsKeyArn: '',
    backendLogGroupPrefix: '/aws/lambda/runvoy',
  });
});

it('reads what may be left out', () => {
  const more = {
    RUNVOY_AWS_DEFAULT_TASK_ROLE_ARN: 'arn:task',
    RUNVOY_AWS_DEFAULT_TASK_EXEC_ROLE_ARN: 'arn:exec',
    RUNVOY_AWS_SECRETS_PREFIX: '/mine/',
    RUNVOY_AWS_SECRETS_KMS_KEY_ARN: 'arn:kms',
    RUNVOY_AWS_BACKEND_LOG_GROUP_PREFIX: '/server',
  };

  expect(readAwsConfig({ ...env, ...more })).toMatchObject({
    defaultTaskRoleArn: 'arn:task',
    defaultTaskExecRoleArn: 'arn:exec',
    secretsPrefix: '/mine',
    secretsKmsKeyArn: 'arn:kms',
    backendLogGroupPrefix: '/server',
  });
});

it('names every variable that is missing, empty ones included', () => {
  const { RUNVOY_AWS_SUBNET_1: _subnet, ...rest } = env;

  expect(() => readAwsConfig({ ...rest, RUNVOY_AWS_LOG_GROUP: '' })).toThrow(
    'The settings cannot be used:\n  RUNVOY_AWS_SUBNET_1 must be set\n  RUNVOY_AWS_LOG_GROUP must be set',
  );
});

it.each([
  ['RUNVOY_AWS_SECRETS_PREFIX', 'no-path', 'must be a path such as /runvoy/secrets'],
  ['RUNVOY_AWS_SECRETS_PREFIX', '/with space', 'must be a path such as /runvoy/secrets'],
  ['RUNVOY_AWS_SECRETS_PREFIX', '/', 'must be a path such as /runvoy/secrets'],
  ['AWS_ENDPOINT_URL', 'somewhere', 'must begin with http:// or https://'],
  ['AWS_ENDPOINT_URL', 'http://', 'must begin with http:// or https://'],
])('names the variable when %s is %j', (name, value, advice) => {
  expect(() => readAwsConfig({ ...env, [name]: value })).toThrow(
    `The settings cannot be used:\n  ${name} ${advice}`,
  );
});
