import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  type ListTaskDefinitionsCommandOutput,
  RegisterTaskDefinitionCommand,
  TagResourceCommand,
} from '@aws-sdk/client-ecs';

import { AppError, type RequestContext } from '../../contracts/index.js';
import { answerOf } from './answer-of.js';
import type { Ecs } from './aws-clients.js';
import type { TaskDefinitionSettings } from './aws-settings.js';
import { finishing } from './finishing.js';
import type { Log } from './log.js';
import { readPages } from './read-pages.js';
import { sendOptions } from './send-options.js';
import { taskDefinitionInput, type TaskDefinitionOptions, taskDefinitionTags } from './task-definition.js';
import { naming } from './translate-error.js';

/** What task definitions are managed with. */
export interface TaskDefinitionsOptions {
  readonly ecs: Ecs;
  readonly settings: TaskDefinitionSettings;
  readonly log: Log;
}

/** ECS deletes no more in one call. */
const deletableAtOnce = 10;

/** The task definitions of images in ECS. */
export type TaskDefinitions = ReturnType<typeof createTaskDefinitions>;

export function createTaskDefinitions({ ecs, settings, log }: TaskDefinitionsOptions) {
  const tag = async (ctx: RequestContext, arn: string, options: TaskDefinitionOptions): Promise<void> => {
    const command = new TagResourceCommand({ resourceArn: arn, tags: taskDefinitionTags(options) });
    try {
      await ecs.send(command, sendOptions(ctx));
    } catch (error) {
      // Tags are for people and for the reconciliation, which repairs them.
      log.warn({ operation: 'ECS.TagResource', resourceArn: arn, error }, 'failed to tag task definition');
    }
  };

  /** Resolves to the ARNs that could be deregistered. */
  const deregister = async (ctx: RequestContext, arns: readonly string[]): Promise<string[]> => {
    const deregistered: string[] = [];
    for (const arn of arns) {
      try {
        await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn }), sendOptions(ctx));
        deregistered.push(arn);
      } catch (error) {
        const fields = { operation: 'ECS.DeregisterTaskDefinition', taskDefinition: arn, error };
        log.warn(fields, 'failed to deregister task definition');
      }
    }
    return deregistered;
  };

  const deleteAll = async (ctx: RequestContext, arns: string[]): Promise<void> => {
    const operation = 'ECS.DeleteTaskDefinitions';
    const command = new DeleteTaskDefinitionsCommand({ taskDefinitions: arns });
    try {
      const { failures = [] } = await answerOf(ecs.send(command, sendOptions(ctx)));
      if (failures.length > 0) log.warn({ operation, failures }, 'some task definitions were not deleted');
    } catch (error) {
      log.warn({ operation, taskDefinitions: arns, error }, 'failed to delete task definitions');
    }
  };

  return {
    /** Registers and tags a task definition and resolves to its ARN; a failure to tag is only logged. */
    async register(ctx: RequestContext, options: TaskDefinitionOptions): Promise<string> {
      const command = new RegisterTaskDefinitionCommand(taskDefinitionInput(settings, options));
      const output = await naming('failed to register ECS task definition', () =>
        ecs.send(command, sendOptions(ctx)),
      );
      const arn = output.taskDefinition?.taskDefinitionArn;
      if (arn === undefined) {
        const cause = new Error('ECS returned nil task definition');
        throw new AppError('INTERNAL_ERROR', 'failed to register ECS task definition', { cause });
      }
      await tag(finishing(ctx), arn, options);
      return arn;
    },

    /** Takes back a registration that no row came of; a failure is only logged. */
    async undoRegistration(ctx: RequestContext, arn: string): Promise<void> {
      await deregister(ctx, [arn]);
    },

    /** Deregisters and deletes every active revision of a family, page by page. Failures are only logged. */
    async removeFamily(ctx: RequestContext, family: string): Promise<void> {
      const pages = readPages<ListTaskDefinitionsCommandOutput, { readonly nextToken: string }>({
        read: ({ nextToken } = { nextToken: '' }) => {
          const list = { familyPrefix: family, status: 'ACTIVE', maxResults: 100, nextToken } as const;
          return ecs.send(new ListTaskDefinitionsCommand(list), sendOptions(ctx));
        },
        // Only an absent token ends this list, as the original had it: the next look shows what is left.
        nextOf: ({ nextToken }) => (nextToken === undefined ? undefined : { nextToken }),
        mostOften: 2,
      });
      try {
        for await (const page of pages) {
          const deregistered = await deregister(ctx, page.taskDefinitionArns ?? []);
          for (let start = 0; start < deregistered.length; start += deletableAtOnce)
            await deleteAll(ctx, deregistered.slice(start, start + deletableAtOnce));
        }
      } catch (error) {
        const fields = { operation: 'ECS.ListTaskDefinitions', family, error };
        log.warn(fields, 'failed to list task definitions for removal');
      }
    },
  };
}
