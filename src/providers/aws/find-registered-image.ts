import type { RequestContext } from '../../contracts/index.js';
import { type ImageIdentity, makeImageId, makeImageIdWithRegistry } from '../shared/make-image-id.js';
import { isSameRegistry } from '../shared/parse-image-reference.js';
import type { ImageTable } from './dynamodb-image-table.js';
import type { ImageRow } from './image-row.js';

/** The row of an image if there is one, and the ID for it. */
export interface RegisteredImage {
  readonly existing: ImageRow | undefined;
  readonly imageId: string;
}

/**
 * Looks an image up by either of its two IDs. It gets the original's unless an image of another registry has that, and
 * keeps what it got when the other one is removed.
 */
export async function findRegisteredImage(
  ctx: RequestContext,
  table: ImageTable,
  identity: ImageIdentity,
): Promise<RegisteredImage> {
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
