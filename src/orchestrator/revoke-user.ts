import { AppError } from '../contracts/index.js';
import type { RequestContext, UserRepository } from '../contracts/index.js';

/**
 * Takes a user's key away for good; again is no error. Revoking oneself or the last admin is allowed.
 *
 * @throws AppError `INVALID_REQUEST` without an e-mail, `NOT_FOUND` for an unknown one.
 */
export async function revokeUser(
  { users }: { readonly users: Pick<UserRepository, 'findUserByEmail' | 'revokeUser'> },
  ctx: RequestContext,
  email: string,
): Promise<void> {
  if (email === '') throw new AppError('INVALID_REQUEST', 'email is required');
  if ((await users.findUserByEmail(ctx, email)) === undefined)
    throw new AppError('NOT_FOUND', 'user not found');
  await users.revokeUser(ctx, email);
}
