import { AppError, type RequestContext } from '../../contracts/index.js';
import type { DefaultTarget } from './default-switch.js';
import type { ImageTable } from './dynamodb-image-table.js';

const tries = 3;

/**
 * Makes a row the one and only default. Resolves to `false` when an existing target is not there, or a new one is;
 * nothing was written then. Two first defaults at the same time stay possible: they share no row.
 *
 * @throws AppError `DATABASE_ERROR` when others kept on moving the mark.
 */
export async function switchDefaultImage(
  ctx: RequestContext,
  table: ImageTable,
  target: DefaultTarget,
): Promise<boolean> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const marked = await table.listDefaults(ctx);
    const ids = marked.map(({ imageId }) => imageId);
    const outcome = await table.moveDefault(ctx, ids, target);
    if (outcome !== 'outdated') return outcome === 'moved';
  }
  throw new AppError('DATABASE_ERROR', 'the default image is being changed by others: try again');
}
