import {
  type ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandOutput,
  TagResourceCommand,
  type Tag,
} from '@aws-sdk/client-ecs';

import type { RequestContext } from '../../src/contracts/index.js';
import type { Dependencies } from './dependencies.js';
import type { AwsRunnerLogger } from './logger.js';
import { sendOptions } from './send-options.js';
import { taskDefinitionInput, type TaskDefinitionOptions } from './task-definition.js';
import { wrapError } from './wrapped-error.js';

const failure = 'failed to register ECS task definition';

/** Registers a task definition and tags it; a failure to tag is only logged. */
export async function registerTaskDefinition(
  ctx: RequestContext,
  {
    ecs,
    config,
    logger,
  }: Pick<Dependencies, 'config' | 'logger'> & { readonly ecs: Pick<ECSClient, 'send'> },
  options: TaskDefinitionOptions,
): Promise<void> {
  const input = taskDefinitionInput(config, options, architectureOf(options.runtimePlatform, logger));
  let output: RegisterTaskDefinitionCommandOutput;
  try {
    output = await ecs.send(new RegisterTaskDefinitionCommand(input), sendOptions(ctx));
  } catch (cause) {
    throw wrapError(failure, wrapError('ECS RegisterTaskDefinition failed', cause));
  }
  const arn = output.taskDefinition?.taskDefinitionArn;
  if (arn === undefined) throw wrapError(failure, new Error('ECS returned nil task definition'));
  try {
    await ecs.send(new TagResourceCommand({ resourceArn: arn, tags: tagsOf(options) }), sendOptions(ctx));
  } catch (error) {
    logger.warn({ operation: 'ECS.TagResource', resourceArn: arn, error }, 'failed to tag task definition');
  }
}

function architectureOf(runtimePlatform: string, logger: AwsRunnerLogger): 'ARM64' | 'X86_64' {
  if (runtimePlatform === 'Linux/ARM64') return 'ARM64';
  if (runtimePlatform === 'Linux/X86_64') return 'X86_64';
  logger.warn({ runtimePlatform }, 'unsupported runtime platform, using Linux/ARM64');
  return 'ARM64';
}

function tagsOf({ image, isDefault }: TaskDefinitionOptions): Tag[] {
  return [
    { key: 'DockerImage', value: image },
    { key: 'Application', value: 'runvoy' },
    { key: 'ManagedBy', value: 'runvoy-orchestrator' },
    ...(isDefault ? [{ key: 'IsDefault', value: 'true' }] : []),
  ];
}
