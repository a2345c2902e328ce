import type {
  DeleteTaskDefinitionsCommandOutput,
  ListTaskDefinitionsCommandOutput,
  RegisterTaskDefinitionCommandOutput,
} from '@aws-sdk/client-ecs';
import { AppError } from '../../../src/contracts/index.js';
import type { RequestContext } from '../../../src/contracts/index.js';
import { deployment } from '../world-settings.js';
import type { StatedImage } from './stated-image.js';
import { finishing, seenTokens, wrapped } from './stated-world.js';
import type { StatedWorld } from './stated-world.js';

const registering = 'failed to register ECS task definition';

/** Registers a task definition and tags it. @returns its ARN. */
export async function registerDefinition(
  world: StatedWorld,
  ctx: RequestContext,
  family: string,
  isDefault: boolean,
  image: StatedImage,
): Promise<string> {
  const { has, send, warn, failure } = world;
  const input = definitionInput(world, family, image);
  let answer: RegisterTaskDefinitionCommandOutput | undefined;
  try {
    answer = await send(ctx, 'ecs.RegisterTaskDefinition', input);
  } catch (cause) {
    if (has('a-code-on-every-error')) throw failure(cause, 'ecs.RegisterTaskDefinition', registering);
    throw wrapped(registering, wrapped('ECS RegisterTaskDefinition failed', cause));
  }
  const isWithoutAnswer = answer === undefined && has('outages-are-503');
  const arn = isWithoutAnswer ? undefined : answer?.taskDefinition?.taskDefinitionArn;
  if (answer === undefined && !isWithoutAnswer) throw new TypeError('no answer');
  if (arn === undefined) {
    const cause = new Error(isWithoutAnswer ? 'AWS gave no answer' : 'ECS returned nil task definition');
    throw has('a-code-on-every-error')
      ? new AppError('INTERNAL_ERROR', registering, { cause })
      : wrapped(registering, cause);
  }
  const tags = [
    { key: 'DockerImage', value: image.image },
    { key: 'Application', value: 'runvoy' },
    { key: 'ManagedBy', value: 'runvoy-orchestrator' },
    ...(isDefault ? [{ key: 'IsDefault', value: 'true' }] : []),
  ];
  try {
    await send(finishing(world, ctx), 'ecs.TagResource', { resourceArn: arn, tags });
  } catch (error) {
    warn({ operation: 'ECS.TagResource', error }, 'failed to tag task definition');
  }
  return arn;
}

function definitionInput({ warn }: StatedWorld, family: string, image: StatedImage): object {
  const { runtimePlatform, taskRoleName, taskExecutionRoleName } = image;
  if (!['Linux/ARM64', 'Linux/X86_64'].includes(runtimePlatform))
    warn({}, 'unsupported runtime platform, using Linux/ARM64');
  const { accountId, region, logGroup, defaultTaskRoleArn, defaultExecutionRoleArn } = deployment;
  const arnOf = (name: string | undefined, otherwise: string): string =>
    name ? `arn:aws:iam::${accountId}:role/${name}` : otherwise;
  const container = {
    command: [
      '/bin/sh',
      '-c',
      'echo "This task definition is a template. Command will be overridden at runtime."',
    ],
    mountPoints: [{ containerPath: '/workspace', sourceVolume: 'workspace' }],
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': logGroup,
        'awslogs-region': region,
        'awslogs-stream-prefix': 'task',
      },
    },
  };
  return {
    family,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: String(image.cpu),
    memory: String(image.memory),
    executionRoleArn: arnOf(taskExecutionRoleName, defaultExecutionRoleArn),
    taskRoleArn: arnOf(taskRoleName, defaultTaskRoleArn),
    ephemeralStorage: { sizeInGiB: 21 },
    volumes: [{ name: 'workspace' }],
    runtimePlatform: {
      operatingSystemFamily: 'LINUX',
      cpuArchitecture: runtimePlatform === 'Linux/X86_64' ? 'X86_64' : 'ARM64',
    },
    containerDefinitions: [
      {
        ...container,
        name: 'sidecar',
        image: 'public.ecr.aws/docker/library/alpine:latest',
        essential: false,
      },
      {
        ...container,
        name: 'runner',
        image: image.image,
        essential: true,
        dependsOn: [{ containerName: 'sidecar', condition: 'SUCCESS' }],
        workingDirectory: '/workspace',
      },
    ],
  };
}

/** @returns whether it worked; a failure is only logged. */
export async function deregister(
  { send, warn }: StatedWorld,
  ctx: RequestContext,
  taskDefinition: string,
): Promise<boolean> {
  try {
    await send(ctx, 'ecs.DeregisterTaskDefinition', { taskDefinition });
    return true;
  } catch (error) {
    warn({ operation: 'ECS.DeregisterTaskDefinition', error }, 'failed to deregister task definition');
    return false;
  }
}

/** Page by page; failures are only logged. */
export async function removeFamily(world: StatedWorld, ctx: RequestContext, family: string): Promise<void> {
  const { has, send, warn } = world;
  const seen = seenTokens(world, 2);
  for (let nextToken: string | undefined = ''; nextToken !== undefined;) {
    let page: ListTaskDefinitionsCommandOutput;
    const input = { familyPrefix: family, status: 'ACTIVE', maxResults: 100, nextToken };
    try {
      page = await send(ctx, 'ecs.ListTaskDefinitions', input);
      if ((page as object | undefined) === undefined && has('outages-are-503')) throw new Error('no answer');
    } catch (error) {
      warn({ operation: 'ECS.ListTaskDefinitions', error }, 'failed to list task definitions for removal');
      return;
    }
    const gone: string[] = [];
    for (const arn of page.taskDefinitionArns ?? []) if (await deregister(world, ctx, arn)) gone.push(arn);
    const most = has('deletes-in-tens') ? 10 : 100;
    while (gone.length > 0) await deleteAll(world, ctx, gone.splice(0, most));
    nextToken = page.nextToken;
    try {
      seen(nextToken);
    } catch (error) {
      warn({ operation: 'ECS.ListTaskDefinitions', error }, 'failed to list task definitions for removal');
      return;
    }
  }
}

async function deleteAll({ has, send, warn }: StatedWorld, ctx: RequestContext, taskDefinitions: string[]) {
  const operation = 'ECS.DeleteTaskDefinitions';
  let answer: DeleteTaskDefinitionsCommandOutput | undefined;
  try {
    answer = await send(ctx, 'ecs.DeleteTaskDefinitions', { taskDefinitions });
    if (answer === undefined && has('outages-are-503')) throw new Error('no answer');
  } catch (error) {
    warn({ operation, error }, 'failed to delete task definitions');
    return;
  }
  // No client answers nothing; doubles do. The original crashes.
  if (answer === undefined) throw new TypeError('no answer');
  if ((answer.failures ?? []).length > 0) warn({ operation }, 'some task definitions were not deleted');
}
