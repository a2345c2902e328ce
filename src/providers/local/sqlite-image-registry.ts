import {
  AppError,
  type ImageConfig,
  type ImageInfo,
  type ImageRegistry,
  type RequestContext,
} from '../../contracts/index.js';
import {
  exactImageIdRequired,
  imageNotFound,
  imageNotRegistered,
  noDefaultImage,
  noImageToRemove,
} from '../shared/image-errors.js';
import { readImageSettings } from '../shared/image-settings.js';
import { looksLikeImageId } from '../shared/looks-like-image-id.js';
import { makeImageId, makeImageIdWithRegistry, type ImageIdentity } from '../shared/make-image-id.js';
import { isSameRegistry, parseImageReference } from '../shared/parse-image-reference.js';
import { runInStore } from './run-in-store.js';
import { createSqliteImageTable, type ImageRecord, type ImageTable } from './sqlite-image-table.js';
import type { SqliteDatabase } from './sqlite-database.js';

export interface SqliteImageRegistryOptions {
  readonly database: SqliteDatabase;
  readonly now: () => Date;
}

/** Keeps images in the store. Roles are names without a meaning here; `createdAt` is in whole seconds. */
export function createSqliteImageRegistry({ database, now }: SqliteImageRegistryOptions): ImageRegistry {
  const table = createSqliteImageTable(database);

  const getImage = (ctx: RequestContext, imageRef: string): Promise<ImageInfo> =>
    runInStore(ctx, 'failed to get image', () => toImageInfo(lookUp(table, imageRef)));

  return {
    registerImage: (ctx, config) =>
      runInStore(ctx, 'failed to register image', () => {
        database.transaction(() => register(table, config, { requestId: ctx.requestId ?? '', now }));
      }),

    listImages: (ctx) => runInStore(ctx, 'failed to list images', () => table.listImages().map(toImageInfo)),

    getImage,

    getDefaultImage: (ctx) => getImage(ctx, ''),

    resolveImage: (ctx, imageRef = '') =>
      runInStore(ctx, 'failed to get image', () => {
        try {
          return lookUp(table, imageRef).imageId;
        } catch (error) {
          if (error instanceof AppError && error.code === 'NOT_FOUND') throw imageNotRegistered(error);
          throw error;
        }
      }),

    removeImage: (ctx, imageId) =>
      runInStore(ctx, 'failed to remove image', () => {
        if (!looksLikeImageId(imageId)) throw exactImageIdRequired(imageId);
        if (!table.deleteImage(imageId)) throw noImageToRemove(imageId);
      }),

    setDefaultImage: (ctx, imageId) =>
      runInStore(ctx, 'failed to set image as default', () => {
        database.transaction(() => {
          if (table.findImage(imageId) === undefined) throw imageNotFound(imageId);
          table.moveDefault(imageId);
        });
      }),

    getImagesByRequestId: (ctx, requestId) =>
      runInStore(ctx, 'failed to get images by request ID', () =>
        table.listImagesByRequestId(requestId).map(toImageInfo),
      ),
  };
}

/** The image of an ID, of a reference, or of nothing: the default. */
function lookUp(table: ImageTable, imageRef: string): ImageRecord {
  if (imageRef === '') {
    const image = table.findDefaultImage();
    if (image === undefined) throw noDefaultImage();
    return image;
  }
  // An ordinary tag can end like an ID, so a text that is no ID here may still be a reference.
  const byId = looksLikeImageId(imageRef) ? table.findImage(imageRef) : undefined;
  const image = byId ?? table.findImageByReference(imageRef);
  if (image === undefined) throw imageNotFound(imageRef);
  return image;
}

function register(
  table: ImageTable,
  config: ImageConfig,
  { requestId, now }: { readonly requestId: string; readonly now: () => Date },
): void {
  const settings = readImageSettings(config);
  if (!Number.isSafeInteger(settings.cpu) || !Number.isSafeInteger(settings.memory)) {
    throw new AppError('INVALID_REQUEST', 'cpu and memory must be whole numbers');
  }
  const reference = parseImageReference(config.image);
  const same = findSame(table, { reference, settings });
  if (same !== undefined) {
    if (config.isDefault === true) table.moveDefault(same.imageId);
    return;
  }
  const isDefault = config.isDefault ?? table.findDefaultImage() === undefined;
  if (isDefault) table.moveDefault(undefined);
  table.insertImage({
    imageId: freeId(table, { reference, settings }),
    image: config.image,
    isDefault,
    taskRoleName: settings.taskRole,
    taskExecutionRoleName: settings.executionRole,
    cpu: settings.cpu,
    memory: settings.memory,
    isMemoryStated: config.resources?.memory !== undefined,
    runtimePlatform: settings.runtimePlatform,
    imageRegistry: reference.registry,
    imageName: reference.name,
    imageTag: reference.tag,
    createdBy: config.registeredBy,
    ownedBy: [config.registeredBy],
    createdAt: now(),
    createdByRequestId: requestId,
    modifiedByRequestId: requestId,
  });
}

/** The same image registered before, whichever of its two IDs it got then. */
function findSame(table: ImageTable, identity: ImageIdentity): ImageRecord | undefined {
  return [makeImageId(identity), makeImageIdWithRegistry(identity)]
    .map((imageId) => table.findImage(imageId))
    .find((image) => image && isSameRegistry(image.imageRegistry, identity.reference.registry));
}

function freeId(table: ImageTable, identity: ImageIdentity): string {
  const imageId = makeImageId(identity);
  return table.findImage(imageId) === undefined ? imageId : makeImageIdWithRegistry(identity);
}

function toImageInfo({ isMemoryStated: _internal, createdBy, ...image }: ImageRecord): ImageInfo {
  return { ...image, createdBy: createdBy === '' ? undefined : createdBy };
}
