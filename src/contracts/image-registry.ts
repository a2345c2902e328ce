import type { RequestContext } from './request-context.js';

/** How much of the machine a task may use. */
export interface ResourceConfig {
  /** CPU units; 1024 are one core. Default 256. */
  readonly cpu?: number | undefined;
  /** Memory in MiB. Default 512. */
  readonly memory?: number | undefined;
}

/** What an image runs on. */
export interface RuntimeConfig {
  /** Operating system, or both joined by a slash (`Linux/ARM64`), passed to the provider as it is. Default `Linux/ARM64`. */
  readonly platform?: string | undefined;
  /** Processor architecture; only where `platform` has no slash. */
  readonly architecture?: string | undefined;
}

/** Roles of the backend that a task acts under; providers without roles store the names and nothing else. */
export interface PermissionConfig {
  /** What the command may do. */
  readonly taskRole?: string | undefined;
  /** What the backend may do to start it. */
  readonly executionRole?: string | undefined;
}

/** An image to register. Absent and `undefined` members mean the same everywhere. */
export interface ImageConfig {
  /** Reference such as `alpine:3.18` or `ghcr.io/owner/name@sha256:…`. */
  readonly image: string;
  /** Absent: becomes the default only if there is none. `false` never takes the mark away. */
  readonly isDefault?: boolean | undefined;
  readonly permissions?: PermissionConfig | undefined;
  readonly resources?: ResourceConfig | undefined;
  readonly runtime?: RuntimeConfig | undefined;
  /** E-mail of the user who registers it. */
  readonly registeredBy: string;
}

/** A registered image. */
export interface ImageInfo {
  /** `<name>:<tag>-<8 hex digits>`; the same configuration has the same ID on every provider. */
  readonly imageId: string;
  /** The reference as it was registered. */
  readonly image: string;
  /** A leak of one provider that the wire contract shows; absent elsewhere. */
  readonly taskDefinitionName?: string | undefined;
  readonly isDefault?: boolean | undefined;
  readonly taskRoleName?: string | undefined;
  readonly taskExecutionRoleName?: string | undefined;
  readonly cpu?: number | undefined;
  readonly memory?: number | undefined;
  readonly runtimePlatform?: string | undefined;
  readonly imageRegistry?: string | undefined;
  readonly imageName?: string | undefined;
  readonly imageTag?: string | undefined;
  readonly createdBy?: string | undefined;
  /** E-mails of the owners. */
  readonly ownedBy: readonly string[];
  readonly createdAt: Date;
  readonly createdByRequestId: string;
  readonly modifiedByRequestId: string;
}

/** Knows which images may be run and with what resources. */
export interface ImageRegistry {
  /**
   * Registers an image. The same configuration again changes nothing but the default mark (`isDefault: true`).
   *
   * @throws AppError `INVALID_REQUEST` when a named role does not exist.
   */
  registerImage(ctx: RequestContext, config: ImageConfig): Promise<void>;

  /** Every image, by reference and then by ID, in byte order. */
  listImages(ctx: RequestContext): Promise<ImageInfo[]>;

  /**
   * An image by ID or reference; `''` means the default image.
   *
   * @throws AppError `NOT_FOUND` when there is none, `INVALID_REQUEST` when `''` was asked for and there is no default.
   */
  getImage(ctx: RequestContext, imageRef: string): Promise<ImageInfo>;

  /** The same as `getImage(ctx, '')`. */
  getDefaultImage(ctx: RequestContext): Promise<ImageInfo>;

  /**
   * The ID of the image that a reference, an ID or nothing (the default) stands for: what `TaskExecutor` takes.
   *
   * @throws AppError as {@link ImageRegistry.getImage}, but `INVALID_REQUEST` for an image that is not registered.
   */
  resolveImage(ctx: RequestContext, imageRef?: string): Promise<string>;

  /**
   * Removes an image. Removing the default leaves no default.
   *
   * @throws AppError `INVALID_REQUEST` unless the argument has the shape of an image ID, `NOT_FOUND` when there is none.
   */
  removeImage(ctx: RequestContext, imageId: string): Promise<void>;

  /**
   * Makes an image the one and only default.
   *
   * @throws AppError `NOT_FOUND` when there is no such image, `NOT_SUPPORTED` when the registry is a view of a `Runner`.
   */
  setDefaultImage(ctx: RequestContext, imageId: string): Promise<void>;

  /**
   * Images that a request registered or last changed.
   *
   * @throws AppError `NOT_SUPPORTED` when the registry is a view of a `Runner`.
   */
  getImagesByRequestId(ctx: RequestContext, requestId: string): Promise<ImageInfo[]>;
}
