import type { Facets } from '../../src/contracts/index.js';
import { createCloudWatchLogAggregator } from '../../src/providers/aws/cloudwatch-log-aggregator.js';
import { createDynamoDbImageRegistry } from '../../src/providers/aws/dynamodb-image-registry.js';
import { createImageTable } from '../../src/providers/aws/dynamodb-image-table.js';
import { createTaskDefinitions } from '../../src/providers/aws/ecs-task-definitions.js';
import { createEcsTaskExecutor } from '../../src/providers/aws/ecs-task-executor.js';
import { createEcsTaskObserver } from '../../src/providers/aws/ecs-task-observer.js';
import { createInsightsBackendObservability } from '../../src/providers/aws/insights-backend-observability.js';
import { createOpenTasks } from '../../src/providers/aws/open-tasks.js';
import { scriptedClients, type Step } from '../support/scripted-clients.js';

export { type Call, sdkError, type Step } from '../support/scripted-clients.js';

export const ctx = { requestId: 'req-1' };
export const user = 'dev@example.com';
/** When everything happens: 1,763,686,800 seconds. */
export const now = new Date('2025-11-21T01:00:00.900Z');
export const nowSeconds = '1763686800';

export const taskSettings = {
  cluster: 'runvoy-cluster',
  subnets: ['subnet-a', 'subnet-b'],
  securityGroup: 'sg-1',
  logGroup: '/aws/ecs/runvoy/runner',
};
export const definitionSettings = {
  logGroup: '/aws/ecs/runvoy/runner',
  region: 'us-east-1',
  accountId: '123456789012',
  defaultTaskRoleArn: 'arn:aws:iam::123456789012:role/runvoy-task-role-us-east-1',
  defaultExecutionRoleArn: 'arn:aws:iam::123456789012:role/runvoy-task-execution-role-us-east-1',
};

/** Facets whose clients answer from a script and note what they were asked, across services. */
export function scriptedFacets(script: readonly Step[]) {
  const { clients, log, calls, records } = scriptedClients(script);
  const waits: number[] = [];
  const sleep = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
  };
  const clock = (): Date => now;
  const { ecs, iam, dynamodb, logs } = clients;
  const table = createImageTable({ dynamodb, tableName: 'runvoy-image-taskdefs', now: clock });
  const taskDefinitions = createTaskDefinitions({ ecs, settings: definitionSettings, log });
  const openTasks = createOpenTasks();
  const taskObserver = createEcsTaskObserver({
    ...{ ecs, settings: taskSettings, openTasks, now: clock, sleep, log },
  });
  const facets: Facets = {
    taskExecutor: createEcsTaskExecutor({ ecs, settings: taskSettings, openTasks, now: clock, log }),
    imageRegistry: createDynamoDbImageRegistry({ table, taskDefinitions, iam, log }),
    logAggregator: createCloudWatchLogAggregator({
      logs,
      logGroup: taskSettings.logGroup,
      taskObserver,
      sleep,
    }),
    backendObservability: createInsightsBackendObservability({
      logs,
      now: clock,
      sleep,
      logGroupPrefix: '/aws/lambda/runvoy',
    }),
  };
  return { ...facets, taskObserver, openTasks, clients, log, calls, records, waits };
}
