import type { ImageConfig, RequestContext } from '../../contracts/index.js';
import { imageNotFound } from '../shared/image-errors.js';
import { type ImageSettings, readImageSettings } from '../shared/image-settings.js';
import { type ImageReference, parseImageReference } from '../shared/parse-image-reference.js';
import type { Iam } from './aws-clients.js';
import { cpuArchitecture } from './cpu-architecture.js';
import type { ImageTable } from './dynamodb-image-table.js';
import type { TaskDefinitions } from './ecs-task-definitions.js';
import { findRegisteredImage } from './find-registered-image.js';
import { finishing } from './finishing.js';
import { checkRoles } from './iam-role-check.js';
import { type ImageRow, toImageInfo } from './image-row.js';
import type { Log } from './log.js';
import { withEcsPlatform } from './runtime-platform.js';
import { switchDefaultImage } from './switch-default-image.js';
import { taskDefinitionFamily } from './task-definition-family.js';

/** What registering an image takes. */
export interface RegisterImageDependencies {
  readonly table: ImageTable;
  readonly taskDefinitions: TaskDefinitions;
  readonly iam: Iam;
  readonly log: Log;
}

/** Registers an image: roles first, then the row that may be there, then ECS, then the row. */
export async function registerImage(
  ctx: RequestContext,
  dependencies: RegisterImageDependencies,
  config: ImageConfig,
): Promise<void> {
  const { table, taskDefinitions, iam, log } = dependencies;
  await checkRoles(ctx, iam, config.permissions);
  // Before anything is made of it: both names are one configuration.
  const settings = withEcsPlatform(readImageSettings(config));
  const reference = parseImageReference(config.image);
  const { existing, imageId } = await findRegisteredImage(ctx, table, { reference, settings });
  if (existing !== undefined) {
    toImageInfo(existing);
    if (config.isDefault === true) await makeDefault(ctx, table, existing.imageId);
    return;
  }
  const isDefault = config.isDefault ?? !(await hasDefault(ctx, table));
  const row = newRow(ctx, table, config, { reference, settings, imageId, isDefault });
  const taskDefinitionArn = await taskDefinitions.register(ctx, {
    ...settings,
    family: row.family,
    image: config.image,
    isDefault,
    cpuArchitecture: cpuArchitecture(settings.runtimePlatform, log),
  });
  try {
    await storeRow(finishing(ctx), table, row);
  } catch (error) {
    await taskDefinitions.undoRegistration(finishing(ctx), taskDefinitionArn);
    throw error;
  }
}

/** @throws AppError `NOT_FOUND` when there is no such image. */
export async function makeDefault(ctx: RequestContext, table: ImageTable, imageId: string): Promise<void> {
  const isThere = await switchDefaultImage(ctx, table, { kind: 'existing', imageId });
  if (!isThere) throw imageNotFound(imageId);
}

/** A row that somebody else has stored in the meantime is of the same configuration and stays as it is. */
async function storeRow(ctx: RequestContext, table: ImageTable, row: ImageRow): Promise<void> {
  if (!row.isDefault) {
    await table.insert(ctx, row);
    return;
  }
  const isStored = await switchDefaultImage(ctx, table, { kind: 'new', row });
  if (!isStored) await makeDefault(ctx, table, row.imageId);
}

function newRow(
  { requestId = '' }: RequestContext,
  table: ImageTable,
  { image, registeredBy }: ImageConfig,
  parts: {
    readonly reference: ImageReference;
    readonly settings: ImageSettings;
    readonly imageId: string;
    readonly isDefault: boolean;
  },
): ImageRow {
  const now = table.nowSeconds();
  return {
    ...parts.reference,
    ...parts.settings,
    imageId: parts.imageId,
    image,
    family: taskDefinitionFamily(parts.imageId),
    isDefault: parts.isDefault,
    cpu: String(parts.settings.cpu),
    memory: String(parts.settings.memory),
    createdBy: registeredBy,
    ownedBy: [registeredBy],
    createdAt: now,
    updatedAt: now,
    createdByRequestId: requestId,
    modifiedByRequestId: requestId,
  };
}

async function hasDefault(ctx: RequestContext, table: ImageTable): Promise<boolean> {
  const row = await table.findDefault(ctx);
  if (row !== undefined) toImageInfo(row);
  return row !== undefined;
}
