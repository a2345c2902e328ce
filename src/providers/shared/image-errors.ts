import { AppError } from '../../contracts/index.js';
import { quoteForMessage } from './quote-for-message.js';

/** Nothing is registered under this ID or reference. */
export function imageNotFound(imageRef: string): AppError {
  return new AppError('NOT_FOUND', `image not found: ${imageRef}`);
}

/** Nothing was asked for, which means the default image, and there is none. */
export function noDefaultImage(): AppError {
  return new AppError('INVALID_REQUEST', 'no image specified and no default image configured');
}

/** A run names an image that is not registered: the request's fault, not a missing resource. */
export function imageNotRegistered(cause: AppError): AppError {
  return new AppError('INVALID_REQUEST', 'image not registered', { cause });
}

/** Removal takes an exact ID, so that nobody removes another variant of a name than they meant. */
export function exactImageIdRequired(argument: string): AppError {
  const message =
    'image unregister requires exact ImageID (e.g., "alpine:latest-a1b2c3d4"). ' +
    `Use 'images list' to find the exact ImageID for ${quoteForMessage(argument)}`;
  return new AppError('INVALID_REQUEST', message);
}

/** Removal was asked for an ID that nothing is registered under. */
export function noImageToRemove(imageId: string): AppError {
  const cause = new Error(`image ${quoteForMessage(imageId)} not found`);
  return new AppError('NOT_FOUND', 'image not found', { cause });
}
