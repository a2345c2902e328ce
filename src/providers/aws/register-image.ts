import type { ImageConfig, RequestContext } from '../../contracts/index.js';
import { type ImageSettings, readImageSettings } from '../shared/image-settings.js';
import { type ImageIdentity, makeImageId, makeImageIdWithRegistry } from '../shared/make-image-id.js';
import { isSameRegistry, parseImageReference } from '../shared/parse-image-reference.js';
import type { Iam } from './aws-clients.js';
import { cpuArchitecture } from './cpu-architecture.js';
import type { ImageTable } from './dynamodb-image-table.js';
import type { TaskDefinitions } from './ecs-task-definitions.js';
import { checkRoles } from './iam-role-check.js';
import { type ImageRow, toImageInfo } from './image-row.js';
import type { Log } from './log.js';
import { switchDefaultImage, unmarkDefaults } from './switch-default-image.js';
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
  const settings = readImageSettings(config);
  const reference = parseImageReference(config.image);
  const { existing, imageId } = await findRegistered(ctx, table, { reference, settings });
  if (existing !== undefined) {
    toImageInfo(existing);
    if (config.isDefault === true) await switchDefaultImage(ctx, table, defaultSizeId(config, settings));
    return;
  }
  const isDefault = config.isDefault ?? !(await hasDefault(ctx, table));
  const family = taskDefinitionFamily(imageId);
  await taskDefinitions.register(ctx, {
    ...settings,
    family,
    image: config.image,
    isDefault,
    cpuArchitecture: cpuArchitecture(settings.runtimePlatform, log),
  });
  if (isDefault) await unmarkDefaults(ctx, table);
  await storeImage(ctx, table, {
    ...reference,
    ...settings,
    imageId,
    image: config.image,
    family,
    isDefault,
    cpu: String(settings.cpu),
    memory: String(settings.memory),
    createdBy: config.registeredBy,
    ownedBy: [config.registeredBy],
  });
}

/**
 * The row of the same image if there is one, whichever of its two IDs it got, and the ID for it. The ID is that of the
 * original unless an image of another registry has it.
 */
async function findRegistered(
  ctx: RequestContext,
  table: ImageTable,
  identity: ImageIdentity,
): Promise<{ readonly existing: ImageRow | undefined; readonly imageId: string }> {
  const isSame = (row: ImageRow | undefined): boolean =>
    row !== undefined && isSameRegistry(row.registry, identity.reference.registry);
  const plainId = makeImageId(identity);
  const plain = await table.findById(ctx, plainId);
  if (isSame(plain)) return { existing: plain, imageId: plainId };
  const idWithRegistry = makeImageIdWithRegistry(identity);
  const withRegistry = await table.findById(ctx, idWithRegistry);
  if (isSame(withRegistry)) return { existing: withRegistry, imageId: idWithRegistry };
  return { existing: undefined, imageId: plain === undefined ? plainId : idWithRegistry };
}

type NewRow = Omit<ImageRow, 'createdAt' | 'updatedAt' | 'createdByRequestId' | 'modifiedByRequestId'>;

/** Stores a row. One that is there already keeps when and by which request it was made. */
async function storeImage(ctx: RequestContext, table: ImageTable, row: NewRow): Promise<void> {
  const existing = await readExisting(ctx, table, row.imageId);
  const now = table.nowSeconds();
  const requestId = ctx.requestId ?? '';
  await table.put(ctx, {
    ...row,
    createdAt: existing?.createdAt ?? now,
    updatedAt: now,
    createdByRequestId: existing?.createdByRequestId ?? requestId,
    modifiedByRequestId: requestId,
  });
}

/** A row that cannot be read counts as none. */
async function readExisting(
  ctx: RequestContext,
  table: ImageTable,
  imageId: string,
): Promise<ImageRow | undefined> {
  try {
    const row = await table.findById(ctx, imageId);
    if (row !== undefined) toImageInfo(row);
    return row;
  } catch {
    return undefined;
  }
}

async function hasDefault(ctx: RequestContext, table: ImageTable): Promise<boolean> {
  const row = await table.findDefault(ctx);
  if (row !== undefined) toImageInfo(row);
  return row !== undefined;
}

/** The row that the original marks: that of the image at default size and platform. */
function defaultSizeId(config: ImageConfig, { taskRole, executionRole }: ImageSettings): string {
  const settings = { cpu: 256, memory: 512, runtimePlatform: 'Linux/ARM64', taskRole, executionRole };
  return makeImageId({ reference: parseImageReference(config.image), settings });
}
