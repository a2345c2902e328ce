import type { RunTaskCommandOutput } from '@aws-sdk/client-ecs';
import { looksLikeImageId } from '../../../legacy/aws-runner/image-id.js';
import { taskDefinitionFamily } from '../../../legacy/aws-runner/task-definition-family.js';
import { AppError } from '../../../src/contracts/index.js';
import type { ExecutionRequest, RequestContext, StartedTask } from '../../../src/contracts/index.js';
import { deployment } from '../world-settings.js';
import { lookUp, readDefault } from './stated-images.js';
import { reasons } from './stated-kill.js';
import { containerOverrides } from './stated-scripts.js';
import { isNamed, wrapping } from './stated-world.js';
import type { StatedWorld } from './stated-world.js';

export async function startTask(
  world: StatedWorld,
  ctx: RequestContext,
  userEmail: string,
  request: ExecutionRequest,
): Promise<StartedTask> {
  const { has, now } = world;
  const image = request.image ?? '';
  const { family, shown } = has('start-by-id')
    ? await resolve(world, ctx, image)
    : await findFamily(world, ctx, image);

  const { tasks = [], failures } = await run(world, ctx, userEmail, family, { ...request, shown });
  const [task] = tasks;
  if (!task) throw new AppError('INTERNAL_ERROR', 'no tasks were started', reasons(world, failures));
  const isRepaired = has('no-crash-after-an-effect');
  if (task.taskArn === undefined && isRepaired)
    throw new AppError('INTERNAL_ERROR', 'failed to start ECS task', {
      cause: new Error('ECS answered without the ARN of the task'),
    });
  if (task.createdAt === undefined && !isRepaired) throw new TypeError('no time');
  const arn = task.taskArn ?? '';
  return { executionId: arn.slice(arn.lastIndexOf('/') + 1), createdAt: task.createdAt ?? now() };
}

interface Family {
  readonly family: string;
  /** What the header of the log names. */
  readonly shown: string;
}

/** The original reads the default's reference, then looks that up; the header shows what was asked for. */
async function findFamily(world: StatedWorld, ctx: RequestContext, shown: string): Promise<Family> {
  let image = shown;
  if (image === '') {
    const found = await naming('failed to query default image', () =>
      wrapping(world, 'failed to get default image', () => readDefault(world, ctx)),
    );
    if (!found || found.image === '') throw nothingToStart('');
    image = found.image;
  }
  const { taskDefinitionName: family = '' } = await findStartable(world, ctx, image);
  return { family, shown };
}

/** One lookup of an ID, of which the rest follows. */
async function resolve(world: StatedWorld, ctx: RequestContext, image: string): Promise<Family> {
  const found = image === '' ? await readDefault(world, ctx) : await findStartable(world, ctx, image);
  if (!found) throw nothingToStart('');
  return { family: taskDefinitionFamily(found.imageId), shown: found.imageId };
}

async function findStartable(world: StatedWorld, ctx: RequestContext, image: string) {
  const prefix = looksLikeImageId(image)
    ? 'failed to get task definition by ImageID'
    : 'failed to get task definition for image';
  const found = await wrapping(world, prefix, () => lookUp(world, ctx, image)).catch((cause: unknown) => {
    if (cause instanceof TypeError || world.has('an-outage-is-no-bad-request')) throw cause;
    throw new AppError('INVALID_REQUEST', 'image not registered', { cause });
  });
  if (found) return found;
  throw nothingToStart(image);
}

function nothingToStart(image: string): AppError {
  if (image === '')
    return new AppError('INVALID_REQUEST', 'no image specified and no default image configured');
  const cause = new Error(`no task definition found for image: ${image}`);
  return new AppError('INVALID_REQUEST', 'image not registered', { cause });
}

async function naming<T>(message: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    if (cause instanceof TypeError) throw cause;
    throw new AppError('INTERNAL_ERROR', message, { cause });
  }
}

async function run(
  world: StatedWorld,
  ctx: RequestContext,
  userEmail: string,
  family: string,
  request: ExecutionRequest & { readonly shown: string },
): Promise<RunTaskCommandOutput> {
  const { cluster, subnets, securityGroup } = deployment;
  const hasGit = (request.gitRepo ?? '') !== '';
  const isLimited = world.has('timeout-by-the-follower') && (request.timeout ?? 0) > 0;
  const input = {
    cluster,
    taskDefinition: family,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [...subnets],
        securityGroups: [securityGroup],
        assignPublicIp: 'ENABLED',
      },
    },
    overrides: {
      containerOverrides: containerOverrides(world, {
        ...request,
        imageId: request.shown,
        requestId: ctx.requestId ?? '',
      }),
    },
    tags: [
      { key: 'UserEmail', value: userEmail },
      ...(hasGit ? [{ key: 'HasGitRepo', value: 'true' }] : []),
      ...(isLimited ? [{ key: 'TimeoutSeconds', value: `${request.timeout}` }] : []),
    ],
  };
  try {
    return await world.ask(ctx, 'ecs.RunTask', input, 'failed to start ECS task');
  } catch (cause) {
    if (world.has('no-definition-no-image') && isDefinitionMissing(cause))
      throw new AppError('INVALID_REQUEST', 'image not registered', { cause });
    throw cause;
  }
}

function isDefinitionMissing(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : undefined;
  const { message = '' } = (cause ?? {}) as { readonly message?: string };
  return isNamed(cause, 'ClientException') && message.startsWith('TaskDefinition not found');
}
