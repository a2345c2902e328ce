import { DescribeTasksCommand, type ECSClient, ListTasksCommand, StopTaskCommand } from '@aws-sdk/client-ecs';

import { AppError, type RequestContext } from '../../src/contracts/index.js';
import type { Dependencies } from './dependencies.js';
import { naming, rethrowCrash } from './failing-step.js';
import { lastSegment } from './last-segment.js';
import { sendOptions } from './send-options.js';

type Ecs = Pick<ECSClient, 'send'>;

/** Finds a task among one page of running and one page of stopped ones, and stops it if its state allows. */
export async function killTask(
  ctx: RequestContext,
  { ecs, config, logger }: Dependencies,
  executionId: string,
): Promise<void> {
  if (ecs === undefined) throw new AppError('INTERNAL_ERROR', 'ECS client not configured');
  const cluster = config.ecsCluster;
  const taskArn = await findTaskArn(ctx, ecs, cluster, executionId);
  checkStoppable(await readStatus(ctx, ecs, cluster, taskArn));
  const reason = 'Terminated by user via kill endpoint';
  const output = await naming('failed to stop task', () =>
    ecs.send(new StopTaskCommand({ cluster, task: taskArn, reason }), sendOptions(ctx)),
  );
  // The original dereferences the task while it writes this record and crashes without one, the stop being accepted.
  if (output.task === undefined) throw new TypeError('StopTask answered without a task');
  logger.info({ executionId, taskArn, lastStatus: output.task.lastStatus }, 'task termination initiated');
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
  } catch (error) {
    rethrowCrash(error);
    // The original takes a failure here for "not among the stopped ones".
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
