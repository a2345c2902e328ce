import { AppError } from '../../src/contracts/index.js';
import type { ImageInfo, ImageRegistry } from '../../src/contracts/index.js';
import { imageIdOf, looksLikeImageId, parseReference, registryOf } from './image-id.js';

/** An {@link ImageRegistry} that other parts of the same backend may look into. */
export interface InMemoryImageRegistry extends ImageRegistry {
  /** Whether the executor may start a task with this ID. */
  readonly hasImage: (imageId: string) => boolean;
}

const byOrderOfLists = (one: ImageInfo, other: ImageInfo): number =>
  Buffer.compare(Buffer.from(one.image), Buffer.from(other.image)) ||
  Buffer.compare(Buffer.from(one.imageId), Buffer.from(other.imageId));

/** The rules of images on a map: a reference for tests, independent of every provider. */
export function createInMemoryImageRegistry({ now }: { now: () => Date }): InMemoryImageRegistry {
  const images = new Map<string, ImageInfo>();
  const all = (): ImageInfo[] => [...images.values()].sort(byOrderOfLists);

  function findDefault(): ImageInfo | undefined {
    return all().find(({ isDefault }) => isDefault);
  }

  function find(imageRef: string): ImageInfo | undefined {
    const byId = looksLikeImageId(imageRef) ? images.get(imageRef) : undefined;
    if (byId !== undefined) return byId;
    const wanted = parseReference(imageRef);
    const exact = all().filter(({ image }) => image === imageRef);
    const candidates = exact.length > 0 ? exact : all().filter(({ image }) => isSame(wanted, image));
    return candidates.find(({ isDefault }) => isDefault) ?? candidates[0];
  }

  function switchDefault(imageId: string): void {
    for (const image of images.values()) {
      images.set(image.imageId, { ...image, isDefault: image.imageId === imageId });
    }
  }

  function get(imageRef: string): ImageInfo {
    const image = imageRef === '' ? findDefault() : find(imageRef);
    if (image !== undefined) return image;
    throw imageRef === ''
      ? new AppError('INVALID_REQUEST', 'no image specified and no default image configured')
      : new AppError('NOT_FOUND', `image not found: ${imageRef}`);
  }

  return {
    hasImage: (imageId) => images.has(imageId),

    async registerImage(ctx, { image, isDefault, permissions, resources, runtime, registeredBy }) {
      const reference = parseReference(image);
      const input = {
        ...reference,
        cpu: resources?.cpu ?? 256,
        memory: resources?.memory ?? 512,
        runtimePlatform: platformOf(runtime?.platform, runtime?.architecture),
        taskRole: permissions?.taskRole,
        executionRole: permissions?.executionRole,
      };
      const taken = images.get(imageIdOf(input, false));
      const isTakenByAnother =
        taken !== undefined && registryOf(taken.imageRegistry ?? '') !== registryOf(reference.registry);
      const imageId = imageIdOf(input, isTakenByAnother);
      const makesDefault = isDefault ?? (!images.has(imageId) && findDefault() === undefined);
      if (!images.has(imageId)) {
        images.set(imageId, {
          imageId,
          image,
          isDefault: false,
          taskRoleName: input.taskRole,
          taskExecutionRoleName: input.executionRole,
          cpu: input.cpu,
          memory: input.memory,
          runtimePlatform: input.runtimePlatform,
          imageRegistry: reference.registry,
          imageName: reference.name,
          imageTag: reference.tag,
          createdBy: registeredBy,
          ownedBy: [registeredBy],
          createdAt: now(),
          createdByRequestId: ctx.requestId ?? '',
          modifiedByRequestId: ctx.requestId ?? '',
        });
      }
      if (makesDefault) switchDefault(imageId);
    },

    async listImages() {
      return all();
    },

    async getImage(_ctx, imageRef) {
      return get(imageRef);
    },

    async getDefaultImage() {
      return get('');
    },

    async resolveImage(_ctx, imageRef = '') {
      if (imageRef !== '' && find(imageRef) === undefined) {
        throw new AppError('INVALID_REQUEST', 'image not registered');
      }
      return get(imageRef).imageId;
    },

    async removeImage(_ctx, imageId) {
      if (!looksLikeImageId(imageId)) {
        throw new AppError(
          'INVALID_REQUEST',
          'image unregister requires exact ImageID (e.g., "alpine:latest-a1b2c3d4"). ' +
            `Use 'images list' to find the exact ImageID for ${JSON.stringify(imageId)}`,
        );
      }
      if (!images.delete(imageId)) {
        throw new AppError('NOT_FOUND', 'image not found', {
          cause: new Error(`image ${JSON.stringify(imageId)} not found`),
        });
      }
    },

    async setDefaultImage(_ctx, imageId) {
      if (!images.has(imageId)) throw new AppError('NOT_FOUND', `image not found: ${imageId}`);
      switchDefault(imageId);
    },

    async getImagesByRequestId(_ctx, requestId) {
      return all().filter(
        ({ createdByRequestId, modifiedByRequestId }) =>
          createdByRequestId === requestId || modifiedByRequestId === requestId,
      );
    },
  };
}

function isSame(wanted: ReturnType<typeof parseReference>, image: string): boolean {
  const { registry, name, tag } = parseReference(image);
  return registryOf(registry) === registryOf(wanted.registry) && name === wanted.name && tag === wanted.tag;
}

function platformOf(platform: string | undefined, architecture: string | undefined): string {
  if (platform === undefined || platform === '') return `Linux/${architecture ?? 'ARM64'}`;
  return architecture === undefined ? platform : `${platform}/${architecture}`;
}
