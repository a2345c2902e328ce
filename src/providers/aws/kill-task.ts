import { DescribeTasksCommand, ListTasksCommand, StopTaskCommand } from '@aws-sdk/client-ecs';

import { AppError, type RequestContext } from '../../contracts/index.js';
import type { Ecs } from './aws-clients.js';
import type { TaskSettings } from './aws-settings.js';
import { lastSegment } from './last-segment.js';
import type { Log } from './log.js';
import { sendOptions } from './send-options.js';
import { naming } from './translate-error.js';

/** What stopping a task takes. */
export interface KillTaskDependencies {
  readonly ecs: Ecs;
  readonly settings: Pick<TaskSettings, 'cluster'>;
  readonly log: Log;
}

/** Finds a task among one page of running and one page of stopped ones, and stops it if its state allows. */
export async function killTask(
  ctx: RequestContext,
  { ecs, settings: { cluster }, log }: KillTaskDependencies,
  executionId: string,
): Promise<void> {
  const taskArn = await findTaskArn(ctx, ecs, cluster, executionId);
  checkStoppable(await readStatus(ctx, ecs, cluster, taskArn));
  const reason = 'Terminated by user via kill endpoint';
  const output = await naming('failed to stop task', () =>
    ecs.send(new StopTaskCommand({ cluster, task: taskArn, reason }), sendOptions(ctx)),
  );
  if (output.task === undefined) throw new TypeError('StopTask answered without a task');
  log.info({ executionId, lastStatus: output.task.lastStatus }, 'task termination initiated');
}

async function findTaskArn(
  ctx: RequestContext,
  ecs: Ecs,
  cluster: string,
  executionId: string,
): Promise<string> {
  const running = await naming('failed to list tasks', () => listTaskArns(ctx, ecs, cluster, 'RUNNING'));
  const live = running.find((arn) => lastSegment(arn) === executionId);
  if (live !== undefined) return live;
  let stopped: readonly string[] = [];
  try {
    stopped = await listTaskArns(ctx, ecs, cluster, 'STOPPED');
  } catch {
    // A failure here counts as not among the stopped ones.
  }
  const ended = stopped.find((arn) => lastSegment(arn) === executionId);
  if (ended === undefined) throw new AppError('NOT_FOUND', 'task not found');
  return ended;
}

/** One page. */
async function listTaskArns(
  ctx: RequestContext,
  ecs: Ecs,
  cluster: string,
  desiredStatus: 'RUNNING' | 'STOPPED',
): Promise<readonly string[]> {
  const output = await ecs.send(new ListTasksCommand({ cluster, desiredStatus }), sendOptions(ctx));
  return output.taskArns ?? [];
}

async function readStatus(ctx: RequestContext, ecs: Ecs, cluster: string, taskArn: string): Promise<string> {
  const output = await naming('failed to describe task', () =>
    ecs.send(new DescribeTasksCommand({ cluster, tasks: [taskArn] }), sendOptions(ctx)),
  );
  const [task] = output.tasks ?? [];
  if (task === undefined) throw new AppError('NOT_FOUND', 'task not found');
  return task.lastStatus ?? '';
}

function checkStoppable(status: string): void {
  if (['STOPPED', 'STOPPING', 'DEACTIVATING'].includes(status))
    throw new AppError('INVALID_REQUEST', 'task is already terminated or terminating', {
      cause: new Error(`task status: ${status}`),
    });
  if (!['RUNNING', 'ACTIVATING'].includes(status))
    throw new AppError('INVALID_REQUEST', 'task cannot be terminated in current state', {
      cause: new Error(`task status: ${status}, expected: RUNNING, ACTIVATING`),
    });
}
