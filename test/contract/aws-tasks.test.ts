import { createCloudWatchLogAggregator } from '../../src/providers/aws/cloudwatch-log-aggregator.js';
import { createDynamoDbImageRegistry } from '../../src/providers/aws/dynamodb-image-registry.js';
import { createImageTable } from '../../src/providers/aws/dynamodb-image-table.js';
import { createTaskDefinitions } from '../../src/providers/aws/ecs-task-definitions.js';
import { createEcsTaskExecutor } from '../../src/providers/aws/ecs-task-executor.js';
import { createEcsTaskObserver } from '../../src/providers/aws/ecs-task-observer.js';
import { createOpenTasks } from '../../src/providers/aws/open-tasks.js';
import { createInsightsBackendObservability } from '../../src/providers/aws/insights-backend-observability.js';
import { sleep as realSleep } from '../../src/providers/aws/sleep.js';
import { CloudSession } from '../aws-model/cloud-session.js';
import { Cloud } from '../aws-model/cloud.js';
import { projectTables } from '../aws-model/dynamodb/project-tables.js';
import { advanceTask } from '../aws-model/ecs/task-life.js';
import { putEvent } from '../aws-model/logs/logs-state.js';
import { createMockedClients } from '../aws-model/mocked-clients.js';
import { backendObservabilityContract } from './backend-observability.contract.js';
import { logAggregatorContract } from './log-aggregator.contract.js';
import { taskExecutorContract } from './task-executor.contract.js';
import { taskObserverContract } from './task-observer.contract.js';

const ctx = { requestId: 'request-1' };
const logGroup = '/aws/ecs/runvoy/runner';
const backendGroup = '/aws/lambda/runvoy-orchestrator';
const imageId = 'alpine:latest-c5c74c0e';
const now = (): Date => new Date();
const log = { info: () => undefined, warn: () => undefined };
/** A thousand times as fast as life. */
const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  realSleep(milliseconds / 1_000, signal);
const settings = {
  cluster: 'runvoy-cluster',
  subnets: ['subnet-a', 'subnet-b'],
  securityGroup: 'sg-1',
  logGroup,
  region: 'us-east-1',
  accountId: '123456789012',
  defaultTaskRoleArn: '',
  defaultExecutionRoleArn: 'arn:aws:iam::123456789012:role/pull',
};

/** An account with one registered image, and the means to let its tasks live. */
async function openTasks() {
  const clients = createMockedClients('us-east-1');
  const cloud = new Cloud({
    region: 'us-east-1',
    accountId: '123456789012',
    now,
    tables: projectTables,
    clusters: ['runvoy-cluster'],
    logGroups: [logGroup, backendGroup],
    roles: ['pull'],
    pageSize: 100,
  });
  clients.use(new CloudSession(cloud));
  const { ecs, dynamodb, iam, logs } = clients;
  const taskDefinitions = createTaskDefinitions({ ecs, settings, log });
  const table = createImageTable({ dynamodb, tableName: 'runvoy-image-taskdefs', now });
  const imageRegistry = createDynamoDbImageRegistry({ table, taskDefinitions, iam, log });
  await imageRegistry.registerImage(ctx, { image: 'alpine', registeredBy: 'ada@example.com' });
  const openTasks = createOpenTasks();
  const taskExecutor = createEcsTaskExecutor({ ecs, settings, openTasks, now, log });
  const taskObserver = createEcsTaskObserver({ ecs, settings, openTasks, now, sleep });
  const { state, context } = cloud;

  return {
    taskExecutor,
    taskObserver,
    logAggregator: createCloudWatchLogAggregator({ logs, logGroup, taskObserver, sleep }),
    backendObservability: createInsightsBackendObservability({
      ...{ logs, now, sleep },
      logGroupPrefix: '/aws/lambda/runvoy',
    }),
    state,
    startTask: async (): Promise<string> => {
      const task = await taskExecutor.startTask(ctx, 'ada@example.com', { imageId, command: 'echo hi' });
      advanceTask(state.ecs, task.executionId, 'RUNNING', context);
      return task.executionId;
    },
    endTask: (executionId: string, exitCode: number): void => {
      advanceTask(state.ecs, executionId, 'STOPPED', context, { exitCode });
    },
  };
}

taskExecutorContract('aws', async () => {
  const { taskExecutor, startTask, endTask, state } = await openTasks();
  return {
    taskExecutor,
    imageId,
    async startEndedTask() {
      const executionId = await startTask();
      endTask(executionId, 0);
      return executionId;
    },
    listStartedTasks: async () => [...state.ecs.tasks.values()].map(({ id }) => id),
  };
});

taskObserverContract('aws', async () => {
  const { taskExecutor, taskObserver, startTask, endTask } = await openTasks();
  return {
    taskObserver,
    imageId,
    startTask,
    endTask: async (executionId, exitCode) => endTask(executionId, exitCode),
    async killTask(executionId) {
      await taskExecutor.killTask(ctx, executionId);
      endTask(executionId, 137);
    },
  };
});

logAggregatorContract('aws', async () => {
  const { logAggregator, startTask, endTask, state } = await openTasks();
  const executionId = await startTask();
  const stream = `task/runner/${executionId}`;
  // The log driver makes the stream with the container, before anything is printed.
  state.logs.groups.get(logGroup)?.set(stream, []);
  return {
    logAggregator,
    executionId,
    print: async (message) => putEvent(state.logs, logGroup, stream, { timestamp: Date.now(), message }),
    end: async () => endTask(executionId, 0),
  };
});

backendObservabilityContract('aws', async () => {
  const { backendObservability, state } = await openTasks();
  return {
    backendObservability,
    async log(requestId, text, timestamp) {
      const message = JSON.stringify({ level: 'info', requestId, msg: text });
      putEvent(state.logs, backendGroup, 'stream', { timestamp, message });
    },
  };
});
