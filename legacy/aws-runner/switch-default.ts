import type { RequestContext } from '../../src/contracts/index.js';
import { defaultCpu, defaultMemory, defaultRuntimePlatform } from './image-defaults.js';
import { imageIdOf } from './image-id.js';
import { parseStoredReference } from './image-reference.js';
import type { ImagesTable } from './images-table.js';

/** Takes the mark from every default row in turn; a failure leaves the rest marked. */
export async function unmarkAllDefaults(ctx: RequestContext, table: ImagesTable): Promise<void> {
  for (const row of await table.queryDefaults(ctx)) await table.unmark(ctx, row.imageId);
}

/**
 * Takes every mark away and marks the row that this image has at default size and platform, which is not the row meant
 * when the image was registered with another size; a row that is not there is made.
 */
export async function setAsOnlyDefault(
  ctx: RequestContext,
  table: ImagesTable,
  image: string,
  taskRoleName: string | undefined,
  taskExecutionRoleName: string | undefined,
): Promise<void> {
  await unmarkAllDefaults(ctx, table);
  const { name, tag } = parseStoredReference(image);
  const imageId = imageIdOf({
    name,
    tag,
    cpu: defaultCpu,
    memory: defaultMemory,
    runtimePlatform: defaultRuntimePlatform,
    taskRoleName,
    taskExecutionRoleName,
  });
  await table.mark(ctx, imageId);
}
