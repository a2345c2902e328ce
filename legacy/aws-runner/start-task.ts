import { RunTaskCommand } from '@aws-sdk/client-ecs';

import {
  AppError,
  type ExecutionRequest,
  type RequestContext,
  type StartedTask,
} from '../../src/contracts/index.js';
import type { Dependencies } from './dependencies.js';
import { naming, rethrowCrash } from './failing-step.js';
import { getDefaultImageFromDb, getTaskDefinitionArnForImage } from './get-image.js';
import { lastSegment } from './last-segment.js';
import { runTaskInput } from './run-task-input.js';
import { sendOptions } from './send-options.js';

/** Runs a request as an ECS task; without an image, on the one that the default row's reference leads to. */
export async function startTask(
  ctx: RequestContext,
  dependencies: Dependencies,
  userEmail: string,
  request: ExecutionRequest,
): Promise<StartedTask> {
  const { ecs, config, logger } = dependencies;
  if (ecs === undefined) throw new AppError('INTERNAL_ERROR', 'ECS cli endpoint not configured');
  const image = await chooseImage(ctx, dependencies, request.image ?? '');
  const family = await findFamily(ctx, dependencies, image);
  const input = runTaskInput(config, ctx.requestId ?? '', userEmail, family, request);
  const output = await naming('failed to start ECS task', () =>
    ecs.send(new RunTaskCommand(input), sendOptions(ctx)),
  );
  const [task] = output.tasks ?? [];
  if (task === undefined) throw new AppError('INTERNAL_ERROR', 'no tasks were started');
  const taskArn = task.taskArn ?? '';
  const executionId = lastSegment(taskArn);
  // The original dereferences the time while it writes this record and crashes without one, the task having started.
  if (task.createdAt === undefined) throw new TypeError('RunTask answered without createdAt');
  const { createdAt } = task;
  logger.info(
    { userEmail, taskArn, executionId, createdAt: createdAt.toISOString(), image, ...describe(request) },
    'task started',
  );
  return { executionId, createdAt };
}

async function chooseImage(ctx: RequestContext, dependencies: Dependencies, image: string): Promise<string> {
  if (image !== '') return image;
  const byDefault = await naming('failed to query default image', () =>
    getDefaultImageFromDb(ctx, dependencies),
  );
  if (byDefault === '')
    throw new AppError('INVALID_REQUEST', 'no image specified and no default image configured');
  return byDefault;
}

/** Every failure to find the image is the caller's fault here, outages included. */
async function findFamily(ctx: RequestContext, dependencies: Dependencies, image: string): Promise<string> {
  try {
    return await getTaskDefinitionArnForImage(ctx, dependencies, image);
  } catch (cause) {
    rethrowCrash(cause);
    throw new AppError('INVALID_REQUEST', 'image not registered', { cause });
  }
}

/** What the record of a started task says of its request: as much as the original wrote, credentials included. */
function describe(request: ExecutionRequest): Readonly<Record<string, unknown>> {
  return {
    command: request.command,
    gitRepo: request.gitRepo,
    gitRef: request.gitRef,
    gitPath: request.gitPath,
    envNames: Object.keys(request.env ?? {}),
    secretNames: request.secrets,
  };
}
