import { createAwsProvider, readAwsConfig } from '../../src/providers/aws/index.js';
import type { Log } from '../../src/providers/aws/log.js';
import { sleep } from '../../src/providers/aws/sleep.js';
import type { InMemoryProvider } from '../support/in-memory-provider.js';
import type { TaskControls } from '../support/in-memory-tasks.js';
import { CloudSession } from './cloud-session.js';
import type { Cloud } from './cloud.js';
import { deploymentEnv, openDeployment } from './deployment.js';
import { advanceTask } from './ecs/task-life.js';
import { findTask } from './ecs/tasks.js';
import { putEvent } from './logs/logs-state.js';
import { createMockedClients } from './mocked-clients.js';

const clients = createMockedClients(deploymentEnv.AWS_REGION);
const logGroup = deploymentEnv.RUNVOY_AWS_LOG_GROUP;
const streamOf = (executionId: string): string => `task/runner/${executionId}`;

/** A provider on the model, a thousand times as fast as life, and the model itself. */
export type ModelledProvider = InMemoryProvider & { readonly cloud: Cloud };

/** What clients send their requests to. */
export type Sender = Pick<CloudSession, 'send'>;

/** Opens the AWS provider on an account of its own. One at a time: all share their clients. */
export async function openModelledProvider({
  now,
  intercept = (session) => session,
  log = { info: () => undefined, warn: () => undefined },
}: {
  now: () => Date;
  log?: Log;
  /** Stands between the clients and the model. */
  intercept?: (session: Sender) => Sender;
}): Promise<ModelledProvider> {
  const roles = ['task-role', 'execution-role', 'runvoy-task-role', 'runvoy-task-execution-role'];
  const cloud = openDeployment({ now, roles });
  clients.use(intercept(new CloudSession(cloud)));
  const provider = await createAwsProvider({
    config: readAwsConfig(deploymentEnv),
    clients,
    region: deploymentEnv.AWS_REGION,
    now,
    // The clock of a test may stand still.
    rememberFor: 0,
    log,
    sleep: (milliseconds, signal) => sleep(milliseconds / 1_000, signal),
  });
  return {
    ...provider,
    cloud,
    tasks: controlsOf(cloud),
    logBackend(requestId, msg) {
      const message = JSON.stringify({ level: 30, requestId, msg });
      putEvent(cloud.state.logs, '/aws/lambda/runvoy-orchestrator', 'server', {
        timestamp: now().getTime(),
        message,
      });
    },
  };
}

function controlsOf({ state, context }: Cloud): TaskControls {
  return {
    begin(executionId) {
      // The log driver makes the stream with the container.
      state.logs.groups.get(logGroup)?.set(streamOf(executionId), []);
      advanceTask(state.ecs, executionId, 'RUNNING', context);
    },
    print(executionId, message) {
      putEvent(state.logs, logGroup, streamOf(executionId), { timestamp: context.now().getTime(), message });
    },
    end(executionId, exitCode, endedBy = 'exit') {
      const task = findTask(state.ecs, executionId);
      if (task !== undefined && endedBy === 'lost') task.stopCode ??= 'SpotInterruption';
      if (task !== undefined && endedBy === 'failed-to-start') task.stopCode ??= 'TaskFailedToStart';
      if (task !== undefined && endedBy === 'kill') task.stopCode ??= 'UserInitiated';
      advanceTask(state.ecs, executionId, 'STOPPED', context, { exitCode });
    },
    ids: () => [...state.ecs.tasks.values()].map(({ id }) => id),
  };
}
