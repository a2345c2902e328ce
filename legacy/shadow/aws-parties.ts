import { createCloudWatchLogAggregator } from '../../src/providers/aws/cloudwatch-log-aggregator.js';
import { createDynamoDbImageRegistry } from '../../src/providers/aws/dynamodb-image-registry.js';
import { createImageTable } from '../../src/providers/aws/dynamodb-image-table.js';
import { createTaskDefinitions } from '../../src/providers/aws/ecs-task-definitions.js';
import { createEcsTaskExecutor } from '../../src/providers/aws/ecs-task-executor.js';
import { createEcsTaskObserver } from '../../src/providers/aws/ecs-task-observer.js';
import { createInsightsBackendObservability } from '../../src/providers/aws/insights-backend-observability.js';
import type { AwsConfig } from '../../src/providers/aws/read-config.js';
import { AwsRunner } from '../aws-runner/index.js';
import { LegacyRunner } from '../legacy-runner.js';
import type { Runner } from '../runner.js';
import type { Party } from './script.js';
import type { RunnerWorld } from './world.js';

/** Where both work. */
export interface AwsPartiesOptions {
  readonly config: AwsConfig;
  readonly region: string;
  readonly accountId: string;
}

/** The monolith, and the facade over the facets, on one deployment. */
export function awsParties(
  options: AwsPartiesOptions,
): Readonly<Record<Party, (world: RunnerWorld) => Runner>> {
  return {
    monolith: (world) => monolithIn(world, options),
    facade: (world) => facadeIn(world, options),
  };
}

function monolithIn({ clients, log, now, sleep }: RunnerWorld, options: AwsPartiesOptions): Runner {
  const { config, region, accountId } = options;
  return new AwsRunner({
    ...clients,
    now,
    sleep: (milliseconds) => sleep(milliseconds),
    logger: log,
    config: { ...config, region, accountId },
  });
}

function facadeIn({ clients, log, now, sleep }: RunnerWorld, options: AwsPartiesOptions): Runner {
  const { ecs, dynamodb, logs, iam } = clients;
  const { config, region, accountId } = options;
  const { logGroup, securityGroup, defaultTaskRoleArn } = config;
  const settings = {
    ...{ region, accountId, logGroup, securityGroup, defaultTaskRoleArn },
    cluster: config.ecsCluster,
    subnets: [config.subnet1, config.subnet2],
    defaultExecutionRoleArn: config.defaultTaskExecRoleArn,
  };
  return new LegacyRunner({
    taskExecutor: createEcsTaskExecutor({ ecs, settings, now, log }),
    imageRegistry: createDynamoDbImageRegistry({
      table: createImageTable({ dynamodb, tableName: config.imageTaskDefsTable, now }),
      taskDefinitions: createTaskDefinitions({ ecs, settings, log }),
      ...{ iam, log },
    }),
    logAggregator: createCloudWatchLogAggregator({
      ...{ logs, logGroup, sleep },
      taskObserver: createEcsTaskObserver({ ecs, settings, sleep, now }),
    }),
    backendObservability: createInsightsBackendObservability({
      ...{ logs, now, sleep },
      logGroupPrefix: config.backendLogGroupPrefix,
    }),
  });
}
