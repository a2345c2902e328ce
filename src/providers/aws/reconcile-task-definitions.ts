import {
  ListTagsForResourceCommand,
  ListTaskDefinitionsCommand,
  type ListTaskDefinitionsCommandOutput,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecs';

import { findAppError } from '../../contracts/index.js';
import type {
  HealthIssue,
  HealthReport,
  ImageInfo,
  ImageRegistry,
  RequestContext,
} from '../../contracts/index.js';
import type { Ecs } from './aws-clients.js';
import { cpuArchitecture } from './cpu-architecture.js';
import type { TaskDefinitions } from './ecs-task-definitions.js';
import type { Log } from './log.js';
import { readPages } from './read-pages.js';
import { sendOptions } from './send-options.js';
import { taskDefinitionTags } from './task-definition.js';
import { naming } from './translate-error.js';

/** What task definitions are reconciled with. */
export interface ReconcileTaskDefinitionsDependencies {
  readonly ecs: Ecs;
  readonly imageRegistry: Pick<ImageRegistry, 'listImages'>;
  readonly taskDefinitions: Pick<TaskDefinitions, 'register'>;
  readonly log: Log;
}

/** What was found and done. */
export interface TaskDefinitionsReport {
  readonly status: HealthReport['computeStatus'];
  readonly issues: readonly HealthIssue[];
}

/**
 * Gives every image a task definition with the tags that its row asks for. A family of ours without a row is reported
 * and left alone: a task may still run on it.
 */
export async function reconcileTaskDefinitions(
  ctx: RequestContext,
  dependencies: ReconcileTaskDefinitionsDependencies,
): Promise<TaskDefinitionsReport> {
  const images = await dependencies.imageRegistry.listImages(ctx);
  const latest = await listLatest(ctx, dependencies.ecs);
  const issues: HealthIssue[] = [];
  const counts = { verified: 0, recreated: 0, 'tags-updated': 0, refused: 0 };
  for (const image of images) {
    const family = image.taskDefinitionName ?? '';
    const done = family === '' ? 'refused' : await attempt(ctx, dependencies, image, latest.get(family));
    counts[done] += 1;
    if (done === 'recreated') issues.push(recreated(family));
    if (done === 'refused') issues.push(refused(image.imageId));
    latest.delete(family);
  }
  const orphans = [...latest.keys()].sort();
  return {
    status: {
      totalResources: images.length,
      verifiedCount: counts.verified,
      recreatedCount: counts.recreated,
      tagUpdatedCount: counts['tags-updated'],
      orphanedCount: orphans.length,
      orphanedResources: orphans,
    },
    issues: [...issues, ...orphans.map(orphaned)],
  };
}

/** One image that ECS refuses does not keep the others from it; an outage does. */
async function attempt(
  ctx: RequestContext,
  dependencies: ReconcileTaskDefinitionsDependencies,
  image: ImageInfo,
  arn: string | undefined,
): Promise<'verified' | 'recreated' | 'tags-updated' | 'refused'> {
  try {
    return await reconcileImage(ctx, dependencies, image, arn);
  } catch (error) {
    if (findAppError(error)?.code !== 'INTERNAL_ERROR') throw error;
    dependencies.log.warn(
      { imageId: image.imageId, error },
      'failed to reconcile the task definition of an image',
    );
    return 'refused';
  }
}

async function reconcileImage(
  ctx: RequestContext,
  { ecs, taskDefinitions, log }: ReconcileTaskDefinitionsDependencies,
  image: ImageInfo,
  arn: string | undefined,
): Promise<'verified' | 'recreated' | 'tags-updated'> {
  const isDefault = image.isDefault === true;
  if (arn !== undefined) return reconcileTags(ctx, ecs, arn, { image: image.image, isDefault });
  await taskDefinitions.register(ctx, {
    family: image.taskDefinitionName ?? '',
    image: image.image,
    isDefault,
    cpu: image.cpu ?? 0,
    memory: image.memory ?? 0,
    cpuArchitecture: cpuArchitecture(image.runtimePlatform ?? '', log),
    taskRole: image.taskRoleName,
    executionRole: image.taskExecutionRoleName,
  });
  return 'recreated';
}

async function reconcileTags(
  ctx: RequestContext,
  ecs: Ecs,
  arn: string,
  image: { readonly image: string; readonly isDefault: boolean },
): Promise<'verified' | 'tags-updated'> {
  const list = new ListTagsForResourceCommand({ resourceArn: arn });
  const { tags = [] } = await naming('failed to list tags of a task definition', () =>
    ecs.send(list, sendOptions(ctx)),
  );
  const actual = new Map(tags.map(({ key, value }) => [key, value]));
  const missing = taskDefinitionTags(image).filter(({ key, value }) => actual.get(key) !== value);
  const isStale = !image.isDefault && actual.has('IsDefault');
  if (missing.length > 0)
    await naming('failed to tag a task definition', () =>
      ecs.send(new TagResourceCommand({ resourceArn: arn, tags: missing }), sendOptions(ctx)),
    );
  if (isStale)
    await naming('failed to untag a task definition', () =>
      ecs.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['IsDefault'] }), sendOptions(ctx)),
    );
  return missing.length > 0 || isStale ? 'tags-updated' : 'verified';
}

/** The latest active task definition of each family of ours. */
async function listLatest(ctx: RequestContext, ecs: Ecs): Promise<Map<string, string>> {
  const latest = new Map<string, { readonly arn: string; readonly revision: number }>();
  const pages = readPages<ListTaskDefinitionsCommandOutput, string>({
    read: (nextToken) => {
      const from = nextToken === undefined ? {} : { nextToken };
      const command = new ListTaskDefinitionsCommand({ status: 'ACTIVE', maxResults: 100, ...from });
      return ecs.send(command, sendOptions(ctx));
    },
    nextOf: ({ nextToken }) => nextToken,
  });
  const arns = await naming('failed to list task definitions', async () => {
    const all: string[] = [];
    for await (const { taskDefinitionArns = [] } of pages) all.push(...taskDefinitionArns);
    return all;
  });
  for (const arn of arns) {
    const [, family = '', digits = '0'] = /\/(runvoy-[^:/]*):(\d+)$/.exec(arn) ?? [];
    const revision = Number(digits);
    if (family !== '' && revision >= (latest.get(family)?.revision ?? 0))
      latest.set(family, { arn, revision });
  }
  return new Map([...latest].map(([family, { arn }]) => [family, arn]));
}

function refused(imageId: string): HealthIssue {
  return {
    resourceType: 'image',
    resourceId: imageId,
    severity: 'error',
    message: 'the image has no task definition that ECS would take',
    action: 'remove the image and register it again',
  };
}

function recreated(family: string): HealthIssue {
  return {
    resourceType: 'ecs_task_definition',
    resourceId: family,
    severity: 'warning',
    message: 'the image had no active task definition',
    action: 'registered it again',
  };
}

function orphaned(family: string): HealthIssue {
  return {
    resourceType: 'ecs_task_definition',
    resourceId: family,
    severity: 'warning',
    message: 'the task definition belongs to no image',
    action: 'nothing was changed; deregister it when no task runs on it',
  };
}
