import {
  DeleteTaskDefinitionsCommand,
  type DeleteTaskDefinitionsCommandOutput,
  DeregisterTaskDefinitionCommand,
  type ECSClient,
  ListTaskDefinitionsCommand,
  type ListTaskDefinitionsCommandOutput,
} from '@aws-sdk/client-ecs';

import type { RequestContext } from '../../src/contracts/index.js';
import type { AwsRunnerLogger } from './logger.js';
import { sendOptions } from './send-options.js';

interface TaskDefinitionDependencies {
  readonly ecs: Pick<ECSClient, 'send'>;
  readonly logger: AwsRunnerLogger;
}

/** Deregisters and deletes every active revision of a family, page by page. Failures are only logged. */
export async function removeTaskDefinitions(
  ctx: RequestContext,
  dependencies: TaskDefinitionDependencies,
  family: string,
): Promise<void> {
  const { ecs, logger } = dependencies;
  // The first page is asked for with an explicit empty token, and an empty token in an answer does not end the loop.
  let nextToken: string | undefined = '';
  do {
    let page: ListTaskDefinitionsCommandOutput;
    try {
      page = await ecs.send(
        new ListTaskDefinitionsCommand({
          familyPrefix: family,
          status: 'ACTIVE',
          maxResults: 100,
          nextToken,
        }),
        sendOptions(ctx),
      );
    } catch (error) {
      logger.warn(
        { operation: 'ECS.ListTaskDefinitions', family, error },
        'failed to list task definitions for removal',
      );
      return;
    }
    const deregistered = await deregisterAll(ctx, dependencies, page.taskDefinitionArns ?? []);
    if (deregistered.length > 0) await deleteAll(ctx, dependencies, deregistered);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}

/** Resolves to the ARNs that could be deregistered. */
async function deregisterAll(
  ctx: RequestContext,
  { ecs, logger }: TaskDefinitionDependencies,
  arns: readonly string[],
): Promise<string[]> {
  const deregistered: string[] = [];
  for (const arn of arns) {
    try {
      await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn }), sendOptions(ctx));
      deregistered.push(arn);
    } catch (error) {
      logger.warn(
        { operation: 'ECS.DeregisterTaskDefinition', taskDefinition: arn, error },
        'failed to deregister task definition',
      );
    }
  }
  return deregistered;
}

async function deleteAll(
  ctx: RequestContext,
  { ecs, logger }: TaskDefinitionDependencies,
  arns: string[],
): Promise<void> {
  let output: DeleteTaskDefinitionsCommandOutput;
  try {
    output = await ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: arns }), sendOptions(ctx));
  } catch (error) {
    logger.warn(
      { operation: 'ECS.DeleteTaskDefinitions', taskDefinitions: arns, error },
      'failed to delete task definitions',
    );
    return;
  }
  const failures = output.failures ?? [];
  if (failures.length > 0)
    logger.warn(
      { operation: 'ECS.DeleteTaskDefinitions', failures },
      'some task definitions were not deleted',
    );
}
