import { createHash } from 'node:crypto';
import { imageIdOf } from '../../../legacy/aws-runner/image-id.js';
import { toImageInfo } from '../../../legacy/aws-runner/image-item.js';
import { parseImageReference } from '../../../legacy/aws-runner/image-reference.js';
import { taskDefinitionFamily } from '../../../legacy/aws-runner/task-definition-family.js';
import { AppError } from '../../../src/contracts/index.js';
import type { RequestContext } from '../../../src/contracts/index.js';
import { registerDefinition } from './stated-definitions.js';
import { setAsOnlyDefault, storeNew } from './stated-default.js';
import { defaultRow, isSameRegistry, parser, rowById } from './stated-images.js';
import { isNamed, wrapped, wrapping } from './stated-world.js';
import type { StatedWorld } from './stated-world.js';
import type { StatedImage } from './stated-image.js';

export async function registerImage(
  world: StatedWorld,
  ctx: RequestContext,
  image: string,
  wish: boolean | undefined,
  taskRoleName: string | undefined,
  taskExecutionRoleName: string | undefined,
  cpu = 256,
  memory = 512,
  platform = '',
  createdBy: string,
): Promise<void> {
  await checkRole(world, ctx, 'task IAM role', taskRoleName);
  await checkRole(world, ctx, 'task execution IAM role', taskExecutionRoleName);
  const runtimePlatform = platformOf(world, platform);
  const registered = {
    image,
    taskRoleName,
    taskExecutionRoleName,
    cpu,
    memory,
    runtimePlatform,
    createdBy,
  };

  const existing = await wrapping(world, 'failed to check existing image-taskdef mapping', () =>
    findExisting(world, ctx, registered),
  );
  if (existing.isThere) {
    if (wish === true)
      await wrapping(world, 'failed to set image as default', () =>
        setAsOnlyDefault(world, ctx, registered, existing.imageId),
      );
    return;
  }
  const isDefault =
    wish ?? !(await wrapping(world, 'failed to check for default image', () => hasDefault(world, ctx)));
  const now = world.has('no-definition-without-a-row') ? world.now() : undefined;
  const family = taskDefinitionFamily(existing.imageId);
  const arn = await registerDefinition(world, ctx, family, isDefault, registered);
  await storeNew(world, ctx, { ...registered, imageId: existing.imageId, family, isDefault, now, arn });
}

async function checkRole(
  { has, send, failure }: StatedWorld,
  ctx: RequestContext,
  kind: string,
  RoleName = '',
): Promise<void> {
  if (RoleName === '') return;
  try {
    await send(ctx, 'iam.GetRole', { RoleName });
  } catch (cause) {
    if (isNamed(cause, 'NoSuchEntityException'))
      throw new AppError('INVALID_REQUEST', `${kind} does not exist: ${RoleName}`, { cause });
    const message = `failed to validate ${kind} ${RoleName}`;
    throw has('a-code-on-every-error') ? failure(cause, 'iam.GetRole', message) : wrapped(message, cause);
  }
}

function platformOf({ has }: StatedWorld, platform: string): string {
  if (platform === '') return 'Linux/ARM64';
  if (!has('oci-platforms')) return platform;
  if (platform === 'linux/arm64') return 'Linux/ARM64';
  return platform === 'linux/amd64' ? 'Linux/X86_64' : platform;
}

/** Whether an image has a row, and the ID that it has, or gets. */
async function findExisting(
  world: StatedWorld,
  ctx: RequestContext,
  image: StatedImage,
): Promise<{ readonly isThere: boolean; readonly imageId: string }> {
  const asked = idOf(image, parser(world)(image.image));
  const imageId = idOf(image, parseImageReference(image.image));
  const row = await rowById(world, ctx, asked);
  if (!world.has('registry-in-the-id')) {
    if (row) toImageInfo(row);
    return { isThere: row !== undefined, imageId };
  }
  const { registry } = parseImageReference(image.image);
  if (row && isSameRegistry(row.imageRegistry, registry)) {
    toImageInfo(row);
    return { isThere: true, imageId };
  }
  const otherId = idWithRegistry(image);
  const other = await rowById(world, ctx, otherId);
  if (other && isSameRegistry(other.imageRegistry, registry)) {
    toImageInfo(other);
    return { isThere: true, imageId: otherId };
  }
  return { isThere: false, imageId: row ? otherId : imageId };
}

function idOf(image: StatedImage, { name, tag }: { readonly name: string; readonly tag: string }): string {
  return imageIdOf({ ...image, name, tag });
}

/** The registry joins what is hashed. */
function idWithRegistry(image: StatedImage): string {
  const { registry, name, tag } = parseImageReference(image.image);
  const [taskRole, executionRole] = [image.taskRoleName, image.taskExecutionRoleName].map(
    (role) => role || 'default',
  );
  const { cpu, memory, runtimePlatform } = image;
  const text = `${registry || 'docker.io'}/${name}:${tag}:${cpu}:${memory}:${runtimePlatform}:${taskRole}#${executionRole}`;
  return `${name}:${tag}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}

async function hasDefault(world: StatedWorld, ctx: RequestContext): Promise<boolean> {
  const row = await defaultRow(world, ctx);
  if (row) toImageInfo(row);
  return row !== undefined;
}
