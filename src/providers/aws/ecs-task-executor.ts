import { RunTaskCommand, type RunTaskCommandInput, type RunTaskCommandOutput } from '@aws-sdk/client-ecs';

import { AppError, type RequestContext, type TaskExecutor } from '../../contracts/index.js';
import type { Ecs } from './aws-clients.js';
import type { TaskSettings } from './aws-settings.js';
import { failuresCause } from './failures-cause.js';
import { killTask } from './kill-task.js';
import { lastSegment } from './last-segment.js';
import type { Log } from './log.js';
import type { OpenTasks } from './open-tasks.js';
import { runTaskInput } from './run-task-input.js';
import { sendOptions } from './send-options.js';
import { createTurns } from './take-turns.js';
import { naming } from './translate-error.js';

/** What tasks are run with. */
export interface EcsTaskExecutorOptions {
  readonly ecs: Ecs;
  readonly settings: TaskSettings;
  readonly now: () => Date;
  readonly log: Log;
  /** Is told of every task that is started. */
  readonly openTasks?: Pick<OpenTasks, 'add'> | undefined;
}

/**
 * Runs each command as an ECS task on Fargate: a sidecar that prepares the workspace, then the image. The task
 * definition is found by the image ID alone; nothing is read before a task is started.
 */
export function createEcsTaskExecutor(options: EcsTaskExecutorOptions): TaskExecutor {
  const { ecs, settings, now, log } = options;
  const inTurn = createTurns();
  return {
    async startTask(ctx, userEmail, request) {
      const input = runTaskInput(ctx, settings, userEmail, request);
      const output = await runTask(ctx, ecs, input);
      const [task] = output.tasks ?? [];
      if (task === undefined)
        throw new AppError('INTERNAL_ERROR', 'no tasks were started', failuresCause(output.failures));
      // Without it nobody can ask for the task again, so nobody may be told that it has started.
      if (task.taskArn === undefined)
        throw new AppError('INTERNAL_ERROR', 'failed to start ECS task', {
          cause: new Error('ECS answered without the ARN of the task'),
        });
      const executionId = lastSegment(task.taskArn);
      // ECS fills it in when it accepts a task; without it, this is as near as one can get.
      const createdAt = task.createdAt ?? now();
      options.openTasks?.add({ executionId, startedAt: createdAt });
      const { imageId } = request;
      log.info({ userEmail, executionId, imageId, requestId: ctx.requestId }, 'task started');
      return { executionId, createdAt };
    },

    async killTask(ctx, executionId) {
      // ECS takes any number of stops for the first one.
      await inTurn(executionId, () => killTask(ctx, options, executionId));
    },
  };
}

async function runTask(
  ctx: RequestContext,
  ecs: Ecs,
  input: RunTaskCommandInput,
): Promise<RunTaskCommandOutput> {
  try {
    return await naming('failed to start ECS task', () =>
      ecs.send(new RunTaskCommand(input), sendOptions(ctx)),
    );
  } catch (error) {
    if (isDefinitionMissing(error))
      throw new AppError('INVALID_REQUEST', 'image not registered', { cause: error });
    throw error;
  }
}

/** ECS has no class of its own for it. */
function isDefinitionMissing(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error) || cause.name !== 'ClientException') return false;
  return /^(?:TaskDefinition not found|Unable to describe task definition)/i.test(cause.message);
}
