import { AppError, findAppError } from '../contracts/index.js';
import type { RequestContext, User, UserRepository } from '../contracts/index.js';
import { hashApiKey } from '../orchestrator/api-key.js';
import { RequestFailure } from './request-failure.js';

const refused = (error: AppError): RequestFailure => new RequestFailure('Unauthorized', error);

/**
 * Finds the user whose key a request carries. A user whose key was never claimed does not exist yet as far as keys go.
 *
 * @throws RequestFailure 401 `Unauthorized`, or `Server error` when users cannot be read.
 */
export async function authenticate(
  users: Pick<UserRepository, 'findUserByApiKeyHash'>,
  ctx: RequestContext,
  apiKey: string,
): Promise<User> {
  if (apiKey === '') throw refused(new AppError(undefined, 'API key is required', { status: 401 }));

  let user: User | undefined;
  try {
    user = await users.findUserByApiKeyHash(ctx, hashApiKey(apiKey));
  } catch (cause) {
    const details = findAppError(cause) ? { details: 'failed to get user by API key hash' } : {};
    throw new RequestFailure('Server error', cause, details);
  }

  if (user === undefined || user.expiresAt !== undefined) {
    throw refused(new AppError('INVALID_API_KEY', 'Invalid API key'));
  }
  if (user.revoked) throw refused(new AppError('API_KEY_REVOKED', 'API key has been revoked'));
  return user;
}
