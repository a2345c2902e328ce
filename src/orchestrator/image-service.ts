import { AppError, findAppError } from '../contracts/index.js';
import type { ImageInfo, ImageRegistry, RequestContext } from '../contracts/index.js';

/** An image as a user asks for it to be registered. An empty string means the same as absence. */
export interface ImageRegistration {
  readonly image: string;
  readonly isDefault?: boolean | undefined;
  readonly taskRoleName?: string | undefined;
  readonly taskExecutionRoleName?: string | undefined;
  /** CPU units; 1024 are one core. */
  readonly cpu?: number | undefined;
  /** MiB. */
  readonly memory?: number | undefined;
  readonly runtimePlatform?: string | undefined;
}

/** Keeps the images that commands run on. Every failure has a code. */
export class ImageService {
  constructor(private readonly imageRegistry: ImageRegistry) {}

  /** @throws AppError `INVALID_REQUEST` without a reference, or for a role that does not exist. */
  async registerImage(
    ctx: RequestContext,
    userEmail: string,
    registration: ImageRegistration,
  ): Promise<void> {
    if (registration.image === '') throw new AppError('INVALID_REQUEST', 'image is required');
    await classified('failed to register image', () =>
      this.imageRegistry.registerImage(ctx, {
        image: registration.image,
        isDefault: registration.isDefault,
        permissions: {
          taskRole: registration.taskRoleName,
          executionRole: registration.taskExecutionRoleName,
        },
        resources: { cpu: registration.cpu, memory: registration.memory },
        runtime: { platform: registration.runtimePlatform },
        registeredBy: userEmail,
      }),
    );
  }

  /** Every image, by reference and then by ID. */
  async listImages(ctx: RequestContext): Promise<ImageInfo[]> {
    return classified('failed to list images', () => this.imageRegistry.listImages(ctx));
  }

  /** @throws AppError `NOT_FOUND` when there is no such image. */
  async getImage(ctx: RequestContext, image: string): Promise<ImageInfo> {
    return classified('failed to get image', () => this.imageRegistry.getImage(ctx, image));
  }

  /** The image that a run asks for; `''` means the default. @throws AppError as `getImage`. */
  async resolveImage(ctx: RequestContext, image: string): Promise<ImageInfo> {
    return classified('failed to resolve image', () => this.imageRegistry.getImage(ctx, image));
  }

  /** @throws AppError `INVALID_REQUEST` for what is no image ID, `NOT_FOUND` when there is no such image. */
  async removeImage(ctx: RequestContext, image: string): Promise<void> {
    await classified('failed to remove image', () => this.imageRegistry.removeImage(ctx, image));
  }
}

/** Gives a failure that nobody classified a code and a text that may be shown. */
async function classified<T>(message: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (findAppError(cause) !== undefined) throw cause;
    throw new AppError('INTERNAL_ERROR', message, { cause });
  }
}
