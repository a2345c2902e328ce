import { AwsRunner } from '../../legacy/aws-runner/index.js';
import { LegacyRunner } from '../../legacy/legacy-runner.js';
import { createCloudWatchLogAggregator } from '../../src/providers/aws/cloudwatch-log-aggregator.js';
import { createDynamoDbImageRegistry } from '../../src/providers/aws/dynamodb-image-registry.js';
import { createImageTable } from '../../src/providers/aws/dynamodb-image-table.js';
import { createTaskDefinitions } from '../../src/providers/aws/ecs-task-definitions.js';
import { createEcsTaskExecutor } from '../../src/providers/aws/ecs-task-executor.js';
import { createEcsTaskObserver } from '../../src/providers/aws/ecs-task-observer.js';
import { createInsightsBackendObservability } from '../../src/providers/aws/insights-backend-observability.js';
import type { Implementation } from '../../src/testing/index.js';
import { runnerImplementation } from './runner-implementation.js';
import type { RunnerParts } from './runner-implementation.js';
import { deployment } from './world-settings.js';

const { cluster, subnets, securityGroup, logGroup, region, accountId, imagesTable } = deployment;
const { defaultTaskRoleArn, defaultExecutionRoleArn } = deployment;

/** The frozen original over the laboratory's clients. */
export function monolithOver({ clients, log, now, sleep }: RunnerParts): AwsRunner {
  return new AwsRunner({
    ecs: clients.ecs,
    iam: clients.iam,
    dynamodb: clients.dynamodb,
    logs: clients.logs,
    now,
    sleep: (milliseconds) => sleep(milliseconds),
    logger: log,
    config: {
      ecsCluster: cluster,
      subnet1: subnets[0],
      subnet2: subnets[1],
      securityGroup,
      logGroup,
      defaultTaskRoleArn,
      defaultTaskExecRoleArn: defaultExecutionRoleArn,
      region,
      accountId,
      imageTaskDefsTable: imagesTable,
    },
  });
}

/** The frozen original: the oracle. */
export const monolith = (): Implementation =>
  runnerImplementation('monolith', monolithOver, { mayLogSecrets: true });

/** A facade over the facets on AWS. */
export function facadeOver({ clients, log, now, sleep }: RunnerParts): LegacyRunner {
  const { ecs, iam, dynamodb, logs } = clients;
  const taskDefinitions = createTaskDefinitions({
    ecs,
    log,
    settings: { logGroup, region, accountId, defaultTaskRoleArn, defaultExecutionRoleArn },
  });
  return new LegacyRunner({
    taskExecutor: createEcsTaskExecutor({
      ecs,
      log,
      now,
      settings: { cluster, subnets, securityGroup, logGroup },
    }),
    imageRegistry: createDynamoDbImageRegistry({
      iam,
      log,
      taskDefinitions,
      table: createImageTable({ dynamodb, tableName: imagesTable, now }),
    }),
    logAggregator: createCloudWatchLogAggregator({
      logs,
      logGroup,
      sleep,
      taskObserver: createEcsTaskObserver({ ecs, settings: { cluster }, now, sleep }),
    }),
    backendObservability: createInsightsBackendObservability({
      logs,
      now,
      sleep,
      logGroupPrefix: '/aws/lambda/runvoy',
    }),
  });
}

/** What is on trial. */
export const facade = (): Implementation => runnerImplementation('facade', facadeOver);
