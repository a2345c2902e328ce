import type { ECSClient } from '@aws-sdk/client-ecs';
import type { IAMClient } from '@aws-sdk/client-iam';

import type { ImageInfo, RequestContext } from '../../src/contracts/index.js';
import type { Dependencies } from './dependencies.js';
import { wrapping } from './failing-step.js';
import { findDefaultImage, findImageById } from './find-images.js';
import { defaultCpu, defaultMemory, defaultRuntimePlatform } from './image-defaults.js';
import { imageIdOf } from './image-id.js';
import { parseImageReference, parseStoredReference } from './image-reference.js';
import type { ImagesTable } from './images-table.js';
import { registerTaskDefinition } from './register-task-definition.js';
import { roleArns } from './role-arns.js';
import { storeImage } from './store-image.js';
import { setAsOnlyDefault, unmarkAllDefaults } from './switch-default.js';
import { taskDefinitionFamily } from './task-definition-family.js';
import { validateRoles } from './validate-roles.js';

/** The arguments of `registerImage` as they came. */
export interface Registration {
  readonly image: string;
  readonly isDefault: boolean | undefined;
  readonly taskRoleName: string | undefined;
  readonly taskExecutionRoleName: string | undefined;
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly runtimePlatform: string | undefined;
  readonly createdBy: string;
}

export async function registerImage(
  ctx: RequestContext,
  dependencies: Dependencies,
  registration: Registration,
): Promise<void> {
  const { ecs, imagesTable, iam } = checkConfigured(dependencies);
  await validateRoles(ctx, iam, registration);
  const size = sizeOf(registration);
  const existing = await findExisting(ctx, imagesTable, registration, size);
  if (existing !== undefined) {
    if (registration.isDefault === true) await switchDefault(ctx, imagesTable, registration);
    return;
  }
  const isDefault = registration.isDefault ?? !(await hasDefault(ctx, imagesTable));
  const reference = parseImageReference(registration.image);
  const imageId = imageIdOf({ ...registration, ...size, name: reference.name, tag: reference.tag });
  const family = taskDefinitionFamily(imageId);
  await registerTaskDefinition(
    ctx,
    { ecs, config: dependencies.config, logger: dependencies.logger },
    { ...size, family, image: registration.image, isDefault, ...roleArns(dependencies.config, registration) },
  );
  if (isDefault) await unmarkExisting(ctx, imagesTable);
  const { image, taskRoleName, taskExecutionRoleName, createdBy } = registration;
  await wrapping('failed to store image-taskdef mapping', () =>
    storeImage(ctx, imagesTable, {
      imageId,
      image,
      taskRoleName,
      taskExecutionRoleName,
      ...size,
      taskDefinitionFamily: family,
      isDefault,
      reference,
      createdBy,
    }),
  );
}

interface Size {
  readonly cpu: number;
  readonly memory: number;
  readonly runtimePlatform: string;
}

function sizeOf({ cpu, memory, runtimePlatform }: Registration): Size {
  return {
    cpu: cpu ?? defaultCpu,
    memory: memory ?? defaultMemory,
    runtimePlatform:
      runtimePlatform === undefined || runtimePlatform === '' ? defaultRuntimePlatform : runtimePlatform,
  };
}

function checkConfigured({ ecs, imagesTable, config, iam }: Dependencies): {
  readonly ecs: Pick<ECSClient, 'send'>;
  readonly imagesTable: ImagesTable;
  readonly iam: Pick<IAMClient, 'send'>;
} {
  if (ecs === undefined) throw new Error('ECS client not configured');
  if (imagesTable === undefined) throw new Error('image repository not configured');
  if (config.region === '') throw new Error('AWS region not configured');
  if (config.accountId === '') throw new Error('AWS account ID not configured');
  if (iam === undefined) throw new Error('IAM client not configured');
  return { ecs, imagesTable, iam };
}

/** Looks for the row under the ID that the other parser makes, which differs for empty tags. */
async function findExisting(
  ctx: RequestContext,
  table: ImagesTable,
  registration: Registration,
  size: Size,
): Promise<ImageInfo | undefined> {
  const { name, tag } = parseStoredReference(registration.image);
  const imageId = imageIdOf({ ...registration, ...size, name, tag });
  return wrapping('failed to check existing image-taskdef mapping', () => findImageById(ctx, table, imageId));
}

async function switchDefault(
  ctx: RequestContext,
  table: ImagesTable,
  { image, taskRoleName, taskExecutionRoleName }: Registration,
): Promise<void> {
  await wrapping('failed to set image as default', () =>
    setAsOnlyDefault(ctx, table, image, taskRoleName, taskExecutionRoleName),
  );
}

async function hasDefault(ctx: RequestContext, table: ImagesTable): Promise<boolean> {
  const found = await wrapping('failed to check for default image', () => findDefaultImage(ctx, table));
  return found !== undefined;
}

async function unmarkExisting(ctx: RequestContext, table: ImagesTable): Promise<void> {
  await wrapping('failed to unmark existing defaults', () => unmarkAllDefaults(ctx, table));
}
