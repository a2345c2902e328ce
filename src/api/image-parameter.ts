import type { Request } from 'express';
import { AppError } from '../contracts/index.js';
import { rawPathParameter } from './path-parameter.js';
import { RequestFailure } from './request-failure.js';

function decodeOnceMore(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // The contract keeps what does not decode: `100%` is an image that is not found, not a bad request.
    return text;
  }
}

/** The image that a path names, or an empty string. */
export function rawImageParameter(request: Request): string {
  return decodeOnceMore(rawPathParameter(request, 'image').replace(/^\//, '')).trim();
}

/**
 * The image that a path names: everything behind `/images/`, so that `a/b:c` and `a%2Fb:c` are the same.
 *
 * @throws RequestFailure 400 `invalid image`, `image parameter is required`, when nothing is left.
 */
export function imageParameter(request: Request): string {
  const image = rawImageParameter(request);
  if (image === '') {
    throw new RequestFailure(
      'invalid image',
      new AppError(undefined, 'image parameter is required', { status: 400 }),
    );
  }
  return image;
}
