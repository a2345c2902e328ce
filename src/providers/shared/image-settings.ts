import { AppError, type ImageConfig } from '../../contracts/index.js';

/** What an image runs with once every default is filled in; two images with equal settings are the same. */
export interface ImageSettings {
  /** CPU units; 1024 are one core. */
  readonly cpu: number;
  /** Memory in MiB. */
  readonly memory: number;
  /** Operating system and processor as they were given, joined by a slash. */
  readonly runtimePlatform: string;
  /** Absent and `''` are the same setting; records keep them apart. */
  readonly taskRole?: string | undefined;
  readonly executionRole?: string | undefined;
}

/**
 * Fills in the defaults of an image. A given 0 is kept: only absence means the default.
 *
 * @throws AppError `INVALID_REQUEST` when the architecture is given both inside the platform and beside it.
 */
export function readImageSettings(config: ImageConfig): ImageSettings {
  return {
    cpu: config.resources?.cpu ?? 256,
    memory: config.resources?.memory ?? 512,
    runtimePlatform: joinPlatform(config.runtime?.platform ?? '', config.runtime?.architecture ?? ''),
    taskRole: config.permissions?.taskRole,
    executionRole: config.permissions?.executionRole,
  };
}

function joinPlatform(platform: string, architecture: string): string {
  if (architecture === '') return platform === '' ? 'Linux/ARM64' : platform;
  if (!platform.includes('/')) return `${platform === '' ? 'Linux' : platform}/${architecture}`;
  throw new AppError(
    'INVALID_REQUEST',
    `runtime platform ${platform} names an architecture already: leave architecture ${architecture} out`,
  );
}
