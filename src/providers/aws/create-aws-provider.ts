import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';

import type { ExecutionStatus, Provider, ProviderUpkeep } from '../../contracts/index.js';
import type { CloudWatchLogs, DynamoDb, Ecs, Iam } from './aws-clients.js';
import { createAwsHealthReconciler } from './aws-health-reconciler.js';
import { createCloudWatchLogAggregator } from './cloudwatch-log-aggregator.js';
import { createDynamoDbExecutionRepository } from './dynamodb-execution-repository.js';
import { createDynamoDbImageRegistry } from './dynamodb-image-registry.js';
import { createImageTable } from './dynamodb-image-table.js';
import { createDynamoDbPendingKeyRepository } from './dynamodb-pending-key-repository.js';
import { createDynamoDbStreamTokenRepository } from './dynamodb-stream-token-repository.js';
import { createDynamoDbUserRepository } from './dynamodb-user-repository.js';
import { createTaskDefinitions } from './ecs-task-definitions.js';
import { createEcsTaskExecutor } from './ecs-task-executor.js';
import { createEcsTaskObserver } from './ecs-task-observer.js';
import { findAccountId } from './find-account-id.js';
import { createInsightsBackendObservability } from './insights-backend-observability.js';
import type { Log } from './log.js';
import { createOpenTasks } from './open-tasks.js';
import { type AwsConfig } from './read-config.js';
import { rememberDescriptions } from './remember-descriptions.js';
import { type Sleep, sleep as sleepFor } from './sleep.js';
import { createSsmSecretRepository } from './ssm-secret-repository.js';
import { createSsmSecretValues } from './ssm-secret-values.js';

/** The SDK clients that the provider works with, all of one region. */
export interface AwsProviderClients {
  readonly ecs: Ecs;
  readonly dynamodb: DynamoDb;
  readonly logs: CloudWatchLogs;
  readonly iam: Iam;
  readonly ssm: Pick<SSMClient, 'send'>;
  readonly sts: Pick<STSClient, 'send'>;
  /** Lets go of the connections. */
  close?(): void;
}

/** What the AWS provider is made of. */
export interface AwsProviderOptions {
  readonly config: AwsConfig;
  /** The clients, see `createAwsClients`. */
  readonly clients: AwsProviderClients;
  /** Region of the clients: task definitions name it for their logs. */
  readonly region: string;
  /** Account of the credentials. Default: asked of STS. */
  readonly accountId?: string | undefined;
  readonly now: () => Date;
  readonly log: Log;
  /** Default: real time. */
  readonly sleep?: Sleep | undefined;
  /** Milliseconds between two looks at all open tasks. Default 5,000. */
  readonly pollInterval?: number | undefined;
  /** Milliseconds in which a second read of one execution does not ask ECS again. Default 2,000. */
  readonly rememberFor?: number | undefined;
}

const openStatuses: readonly ExecutionStatus[] = ['STARTING', 'RUNNING', 'TERMINATING'];

/** Other servers may work on the same records, and reading a whole table costs money. */
const upkeep: ProviderUpkeep = {
  // So long ECS remembers tasks that have stopped.
  lostAfter: 3_600_000,
  recordedWithin: 60_000,
  sweepEvery: 3_600_000,
  // Tables delete what has expired by themselves, if not at once; nobody can use it in the meantime.
  purgeEvery: 3_600_000,
};

/**
 * Opens the provider on AWS, on what a deployment of the original set up: its cluster, its tables, its log groups.
 *
 * @throws AppError when the account cannot be found.
 */
export async function createAwsProvider(options: AwsProviderOptions): Promise<Provider> {
  const { config, clients, region, now, log, sleep = sleepFor, pollInterval } = options;
  const { ecs, dynamodb, logs, iam, ssm } = clients;
  const { logGroup } = config;
  const settings = {
    logGroup,
    region,
    accountId: options.accountId ?? (await findAccountId(clients.sts)),
    defaultTaskRoleArn: config.defaultTaskRoleArn,
    defaultExecutionRoleArn: config.defaultTaskExecRoleArn,
    cluster: config.ecsCluster,
    subnets: [config.subnet1, config.subnet2],
    securityGroup: config.securityGroup,
  };
  const taskDefinitions = createTaskDefinitions({ ecs, settings, log });
  const table = createImageTable({ dynamodb, tableName: config.imageTaskDefsTable, now });
  const imageRegistry = createDynamoDbImageRegistry({ table, taskDefinitions, iam, log });
  const executions = createDynamoDbExecutionRepository({
    dynamodb,
    log,
    tableName: config.executionsTable,
  });
  const openTasks = createOpenTasks((ctx) => executions.listExecutions(ctx, { statuses: openStatuses }));
  const observer = createEcsTaskObserver({ ecs, settings, openTasks, now, sleep, pollInterval, log });
  const taskObserver = rememberDescriptions(observer, { now, rememberFor: options.rememberFor ?? 2_000 });
  const { secretsPrefix: prefix, secretsKmsKeyArn: kmsKeyArn } = config;
  const secretValues = createSsmSecretValues({ ssm, prefix, kmsKeyArn });
  const secrets = createSsmSecretRepository({
    dynamodb,
    tableName: config.secretsMetadataTable,
    values: secretValues,
  });

  return {
    name: 'AWS',
    taskExecutor: createEcsTaskExecutor({ ecs, settings, openTasks, now, log }),
    imageRegistry,
    logAggregator: createCloudWatchLogAggregator({ logs, logGroup, taskObserver: observer, sleep }),
    backendObservability: createInsightsBackendObservability({
      logs,
      now,
      sleep,
      logGroupPrefix: config.backendLogGroupPrefix,
    }),
    taskObserver,
    healthReconciler: createAwsHealthReconciler({
      ...{ ecs, iam, imageRegistry, taskDefinitions, secrets, secretValues, settings, log, now },
    }),
    executions,
    users: createDynamoDbUserRepository({ dynamodb, log, tableName: config.apiKeysTable }),
    pendingKeys: createDynamoDbPendingKeyRepository({ dynamodb, tableName: config.pendingApiKeysTable }),
    secrets,
    streamTokens: createDynamoDbStreamTokenRepository({ dynamodb, tableName: config.websocketTokensTable }),
    upkeep,
    async close() {
      clients.close?.();
    },
  };
}
