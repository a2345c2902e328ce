import { AppError } from '../../src/contracts/index.js';
import type { ImageRegistry, RuntimeConfig } from '../../src/contracts/index.js';
import type { Runner } from '../runner.js';

/**
 * A view of a runner as an {@link ImageRegistry}. `resolveImage` answers with the reference itself, since a `Runner`
 * looks the image up when it starts a task: the ID is worth something only to the view's own `TaskExecutor`.
 */
export function imageRegistryOf(runner: Runner): ImageRegistry {
  return {
    registerImage(ctx, { image, isDefault, permissions, resources, runtime, registeredBy }) {
      if (isAmbiguous(runtime)) return Promise.reject(ambiguousRuntime());
      return runner.registerImage(
        ctx,
        image,
        isDefault,
        permissions?.taskRole,
        permissions?.executionRole,
        resources?.cpu,
        resources?.memory,
        runtimePlatformOf(runtime),
        registeredBy,
      );
    },

    listImages(ctx) {
      return runner.listImages(ctx);
    },

    getImage(ctx, imageRef) {
      return runner.getImage(ctx, imageRef);
    },

    getDefaultImage(ctx) {
      return runner.getImage(ctx, '');
    },

    async resolveImage(_ctx, imageRef = '') {
      return imageRef;
    },

    removeImage(ctx, imageId) {
      return runner.removeImage(ctx, imageId);
    },

    async setDefaultImage() {
      throw new AppError(
        'NOT_SUPPORTED',
        'a Runner cannot change the default image: register it as the default',
      );
    },

    async getImagesByRequestId() {
      throw new AppError('NOT_SUPPORTED', 'a Runner cannot find images by request ID');
    },
  };
}

/** One text for a runner, where the facet allows two members. */
function runtimePlatformOf({ platform, architecture }: RuntimeConfig = {}): string | undefined {
  if (architecture === undefined || architecture === '') return platform;
  return `${platform === undefined || platform === '' ? 'Linux' : platform}/${architecture}`;
}

function isAmbiguous({ platform = '', architecture = '' }: RuntimeConfig = {}): boolean {
  return platform.includes('/') && architecture !== '';
}

function ambiguousRuntime(): AppError {
  return new AppError(
    'INVALID_REQUEST',
    'the runtime platform names an architecture already: leave architecture out',
  );
}
