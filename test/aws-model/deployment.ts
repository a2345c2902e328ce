import { Cloud, type CloudOptions } from './cloud.js';
import { projectTables } from './dynamodb/project-tables.js';

/** Names of a deployment as the original's template makes it, by the variable that tells them. */
export const deploymentEnv = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
  RUNVOY_AWS_ECS_CLUSTER: 'runvoy-cluster',
  RUNVOY_AWS_SUBNET_1: 'subnet-a',
  RUNVOY_AWS_SUBNET_2: 'subnet-b',
  RUNVOY_AWS_SECURITY_GROUP: 'sg-1',
  RUNVOY_AWS_LOG_GROUP: '/aws/ecs/runvoy/runner',
  RUNVOY_AWS_DEFAULT_TASK_ROLE_ARN: 'arn:aws:iam::123456789012:role/runvoy-task-role',
  RUNVOY_AWS_DEFAULT_TASK_EXEC_ROLE_ARN: 'arn:aws:iam::123456789012:role/runvoy-task-execution-role',
  RUNVOY_AWS_IMAGE_TASKDEFS_TABLE: 'runvoy-image-taskdefs',
  RUNVOY_AWS_EXECUTIONS_TABLE: 'runvoy-executions',
  RUNVOY_AWS_API_KEYS_TABLE: 'runvoy-api-keys',
  RUNVOY_AWS_PENDING_API_KEYS_TABLE: 'runvoy-pending-api-keys',
  RUNVOY_AWS_SECRETS_METADATA_TABLE: 'runvoy-secrets-metadata',
  RUNVOY_AWS_WEBSOCKET_TOKENS_TABLE: 'runvoy-websocket-tokens',
} as const;

/** An account in which that deployment stands, and in which nothing has happened yet. */
export function openDeployment(options: Partial<CloudOptions> & Pick<CloudOptions, 'now'>): Cloud {
  return new Cloud({
    region: deploymentEnv.AWS_REGION,
    accountId: '123456789012',
    tables: projectTables,
    clusters: [deploymentEnv.RUNVOY_AWS_ECS_CLUSTER],
    logGroups: [deploymentEnv.RUNVOY_AWS_LOG_GROUP, '/aws/lambda/runvoy-orchestrator'],
    roles: ['runvoy-task-role', 'runvoy-task-execution-role'],
    pageSize: 100,
    ...options,
  });
}
