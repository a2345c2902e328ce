import { DescribeTasksCommand, StopTaskCommand, type Task } from '@aws-sdk/client-ecs';

import { AppError, type RequestContext } from '../../contracts/index.js';
import type { Ecs } from './aws-clients.js';
import type { TaskSettings } from './aws-settings.js';
import { failuresCause } from './failures-cause.js';
import type { Log } from './log.js';
import { sendOptions } from './send-options.js';
import { isTaskId } from './task-id.js';
import { naming } from './translate-error.js';

/** What stopping a task takes. */
export interface KillTaskDependencies {
  readonly ecs: Ecs;
  readonly settings: Pick<TaskSettings, 'cluster'>;
  readonly log: Log;
}

const stoppable = ['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING'];
const ending = ['DEACTIVATING', 'STOPPING', 'STOPPED'];

/** Reads the state of a task by its ID and stops it if it is not ending already. */
export async function killTask(
  ctx: RequestContext,
  { ecs, settings: { cluster }, log }: KillTaskDependencies,
  executionId: string,
): Promise<void> {
  // ECS would refuse the whole call for an ID that cannot be one.
  if (!isTaskId(executionId)) throw new AppError('NOT_FOUND', 'task not found');
  const described = await naming('failed to describe task', () =>
    ecs.send(new DescribeTasksCommand({ cluster, tasks: [executionId] }), sendOptions(ctx)),
  );
  const [task] = described.tasks ?? [];
  if (task === undefined)
    throw new AppError('NOT_FOUND', 'task not found', failuresCause(described.failures));
  checkStoppable(statusOf(task));
  const stop = { cluster, task: task.taskArn ?? executionId, reason: 'Terminated by user via kill endpoint' };
  await naming('failed to stop task', () => ecs.send(new StopTaskCommand(stop), sendOptions(ctx)));
  log.info({ executionId, lastStatus: task.lastStatus }, 'task termination initiated');
}

/** A task that was told to stop keeps its status for a while. */
function statusOf({ lastStatus = '', desiredStatus }: Task): string {
  return desiredStatus === 'STOPPED' && stoppable.includes(lastStatus) ? 'STOPPING' : lastStatus;
}

function checkStoppable(status: string): void {
  if (ending.includes(status))
    throw new AppError('INVALID_REQUEST', 'task is already terminated or terminating', {
      cause: new Error(`task status: ${status}`),
    });
  if (!stoppable.includes(status))
    throw new AppError('INVALID_REQUEST', 'task cannot be terminated in current state', {
      cause: new Error(`task status: ${status}, expected: ${stoppable.join(', ')}`),
    });
}
