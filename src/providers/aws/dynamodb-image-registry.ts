import type { ImageRegistry } from '../../contracts/index.js';
import { compareBytes } from './compare-bytes.js';
import { getImage, resolveImage } from './find-image.js';
import { toImageInfo } from './image-row.js';
import { makeDefault, registerImage, type RegisterImageDependencies } from './register-image.js';
import { removeImage } from './remove-image.js';

/**
 * Keeps images as rows of a DynamoDB table and as task definitions in ECS. The row decides what exists; a task
 * definition without one is an orphan that reconciliation reports.
 */
export function createDynamoDbImageRegistry(dependencies: RegisterImageDependencies): ImageRegistry {
  const { table } = dependencies;
  return {
    async registerImage(ctx, config) {
      await registerImage(ctx, dependencies, config);
    },

    async listImages(ctx) {
      const rows = await table.listAll(ctx);
      return rows
        .map(toImageInfo)
        .sort((a, b) => compareBytes(a.image, b.image) || compareBytes(a.imageId, b.imageId));
    },

    async getImage(ctx, imageRef) {
      return getImage(ctx, table, imageRef);
    },

    async getDefaultImage(ctx) {
      return getImage(ctx, table, '');
    },

    async resolveImage(ctx, imageRef = '') {
      return resolveImage(ctx, table, imageRef);
    },

    async removeImage(ctx, imageId) {
      await removeImage(ctx, dependencies, imageId);
    },

    async setDefaultImage(ctx, imageId) {
      await makeDefault(ctx, table, imageId);
    },

    async getImagesByRequestId(ctx, requestId) {
      return (await table.listByRequestId(ctx, requestId)).map(toImageInfo);
    },
  };
}
