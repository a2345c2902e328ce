import { AppError } from '../contracts/index.js';
import { RequestFailure } from './request-failure.js';

/** The path of a request, in the two forms that the contract compares. */
export interface RequestPath {
  /** For the routes: decoded, but left as it was sent when it holds an encoded slash. */
  readonly routing: string;
  /** For the roles: always decoded. */
  readonly decoded: string;
}

/** The path of a request target, which a proxy may send with scheme and host. */
function rawPath(target: string): string {
  const local = target.replace(/^https?:\/\/[^/?#]*/i, '');
  return local.split(/[?#]/, 1)[0] ?? '';
}

/**
 * Reads the path of a request target.
 *
 * @throws RequestFailure 400 `invalid request path`, when a percent sign does not begin an encoded character.
 */
export function readRequestPath(target: string): RequestPath {
  const raw = rawPath(target);
  try {
    const decoded = decodeURIComponent(raw);
    return { routing: /%2f/i.test(raw) ? raw : decoded, decoded };
  } catch {
    throw new RequestFailure(
      'invalid request path',
      new AppError(undefined, 'the path has a malformed percent-encoding', { status: 400 }),
    );
  }
}
