import { findAppError } from '../contracts/index.js';
import type { RequestContext, UserRepository } from '../contracts/index.js';
import { createToken, hashApiKey } from './api-key.js';
import type { RandomBytes } from './api-key.js';

/** Who the first user is to be. */
export interface FirstAdminRequest {
  readonly email: string;
  /** Their key; absent means a random one. */
  readonly apiKey?: string | undefined;
}

/** The first user, the only time that their key is in anybody's hands. */
export interface FirstAdmin {
  readonly email: string;
  readonly apiKey: string;
  /** Whether the key was made here, so that somebody must be told. */
  readonly isGenerated: boolean;
}

/** What the first admin is made with. */
export interface CreateFirstAdminDependencies {
  readonly users: Pick<UserRepository, 'listUsers' | 'createUser'>;
  readonly now: () => Date;
  readonly randomBytes: RandomBytes;
}

/**
 * Makes the first admin while there is no user at all, and resolves to nothing otherwise: a setting that stays in the
 * environment must not bring back somebody who was revoked.
 */
export async function createFirstAdmin(
  { users, now, randomBytes }: CreateFirstAdminDependencies,
  ctx: RequestContext,
  request: FirstAdminRequest,
): Promise<FirstAdmin | undefined> {
  if ((await users.listUsers(ctx)).length > 0) return undefined;

  const apiKey = request.apiKey ?? createToken(randomBytes);
  try {
    await users.createUser(ctx, {
      email: request.email,
      role: 'admin',
      apiKeyHash: hashApiKey(apiKey),
      createdAt: now(),
      revoked: false,
      createdByRequestId: '',
      modifiedByRequestId: '',
    });
  } catch (error) {
    // Another instance that starts at the same time was faster.
    if (findAppError(error)?.code === 'CONFLICT') return undefined;
    throw error;
  }
  return { email: request.email, apiKey, isGenerated: request.apiKey === undefined };
}
