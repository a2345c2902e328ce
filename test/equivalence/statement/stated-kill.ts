import type { DescribeTasksCommandOutput, Failure, ListTasksCommandOutput, Task } from '@aws-sdk/client-ecs';
import { AppError } from '../../../src/contracts/index.js';
import type { RequestContext } from '../../../src/contracts/index.js';
import { deployment } from '../world-settings.js';
import type { StatedWorld } from './stated-world.js';

const { cluster } = deployment;

export async function killTask(world: StatedWorld, ctx: RequestContext, executionId: string): Promise<void> {
  const { has, ask } = world;
  let asked = executionId;
  if (!has('kill-asks-by-id')) asked = await findArn(world, ctx, executionId);
  else if (
    !/^(?:[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.test(executionId)
  )
    throw new AppError('NOT_FOUND', 'task not found');

  const { tasks = [], failures } = await ask<DescribeTasksCommandOutput>(
    ctx,
    'ecs.DescribeTasks',
    { cluster, tasks: [asked] },
    'failed to describe task',
  );
  const [task] = tasks;
  if (!task) throw new AppError('NOT_FOUND', 'task not found', reasons(world, failures));
  refuseUnlessStoppable(world, task);

  const arn = has('kill-asks-by-id') ? (task.taskArn ?? executionId) : asked;
  const reason = 'Terminated by user via kill endpoint';
  const stop = { cluster, task: arn, reason };
  const answer = await ask<{ task?: Task }>(ctx, 'ecs.StopTask', stop, 'failed to stop task');
  if (answer.task === undefined && !has('no-crash-after-an-effect')) throw new TypeError('no task');
}

/** Among one page of running and one of stopped tasks. */
async function findArn({ ask }: StatedWorld, ctx: RequestContext, executionId: string): Promise<string> {
  const list = async (desiredStatus: string): Promise<string | undefined> => {
    const input = { cluster, desiredStatus };
    const { taskArns = [] } = await ask<ListTasksCommandOutput>(
      ctx,
      'ecs.ListTasks',
      input,
      'failed to list tasks',
    );
    return taskArns.find((arn) => arn.slice(arn.lastIndexOf('/') + 1) === executionId);
  };
  const running = await list('RUNNING');
  if (running !== undefined) return running;
  const stopped = await list('STOPPED').catch((error: unknown) => {
    if (error instanceof TypeError) throw error;
    return undefined;
  });
  if (stopped !== undefined) return stopped;
  throw new AppError('NOT_FOUND', 'task not found');
}

function refuseUnlessStoppable({ has }: StatedWorld, { lastStatus = '', desiredStatus }: Task): void {
  const stoppable = has('kill-asks-by-id')
    ? ['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING']
    : ['RUNNING', 'ACTIVATING'];
  const isTold = desiredStatus === 'STOPPED' && stoppable.includes(lastStatus);
  const status = isTold && has('one-kill-is-enough') ? 'STOPPING' : lastStatus;
  if (['STOPPED', 'STOPPING', 'DEACTIVATING'].includes(status))
    throw new AppError('INVALID_REQUEST', 'task is already terminated or terminating', {
      cause: new Error(`task status: ${status}`),
    });
  if (!stoppable.includes(status))
    throw new AppError('INVALID_REQUEST', 'task cannot be terminated in current state', {
      cause: new Error(`task status: ${status}, expected: ${stoppable.join(', ')}`),
    });
}

/** What ECS says of the things that it could not do. */
export function reasons({ has }: StatedWorld, failures: readonly Failure[] = []): { cause?: Error } {
  if (failures.length === 0 || !has('reasons-of-ecs')) return {};
  const texts = failures.map(({ arn, reason = 'unknown reason', detail }) => {
    const about = arn === undefined ? reason : `${arn}: ${reason}`;
    return detail === undefined ? about : `${about} (${detail})`;
  });
  return { cause: new Error(texts.join('; ')) };
}
