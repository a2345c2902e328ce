import { RunTaskCommand } from '@aws-sdk/client-ecs';

import { AppError, type TaskExecutor } from '../../contracts/index.js';
import type { Ecs } from './aws-clients.js';
import type { TaskSettings } from './aws-settings.js';
import { failuresCause } from './failures-cause.js';
import { killTask } from './kill-task.js';
import { lastSegment } from './last-segment.js';
import type { Log } from './log.js';
import { runTaskInput } from './run-task-input.js';
import { sendOptions } from './send-options.js';
import { naming } from './translate-error.js';

/** What tasks are run with. */
export interface EcsTaskExecutorOptions {
  readonly ecs: Ecs;
  readonly settings: TaskSettings;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Runs each command as an ECS task on Fargate: a sidecar that prepares the workspace, then the image. The task
 * definition is found by the image ID alone; nothing is read before a task is started.
 */
export function createEcsTaskExecutor(options: EcsTaskExecutorOptions): TaskExecutor {
  const { ecs, settings, now, log } = options;
  return {
    async startTask(ctx, userEmail, request) {
      const input = runTaskInput(ctx, settings, userEmail, request);
      const output = await naming('failed to start ECS task', () =>
        ecs.send(new RunTaskCommand(input), sendOptions(ctx)),
      );
      const [task] = output.tasks ?? [];
      if (task === undefined)
        throw new AppError('INTERNAL_ERROR', 'no tasks were started', failuresCause(output.failures));
      const executionId = lastSegment(task.taskArn ?? '');
      const { imageId } = request;
      log.info({ userEmail, executionId, imageId, requestId: ctx.requestId }, 'task started');
      // ECS fills it in when it accepts a task; without it, this is as near as one can get.
      return { executionId, createdAt: task.createdAt ?? now() };
    },

    async killTask(ctx, executionId) {
      await killTask(ctx, options, executionId);
    },
  };
}
