import { AppError, roles } from '../contracts/index.js';
import type { PendingKeyRepository, RequestContext, Role, User, UserRepository } from '../contracts/index.js';
import { createToken, hashApiKey } from './api-key.js';
import type { RandomBytes } from './api-key.js';
import { ownDeadline } from './own-deadline.js';
import { checkAddress } from './parse-address.js';

/** How long a key may wait to be claimed, in milliseconds. */
const claimTime = 15 * 60 * 1000;

/** Whom to create; absent members are refused as empty ones are. */
export interface NewUser {
  readonly email?: string | undefined;
  readonly role?: string | undefined;
  /** Key chosen by the creator; absent or empty means a random one. */
  readonly apiKey?: string | undefined;
}

/** A user who exists once somebody has claimed their key with the token. */
export interface CreatedUser {
  readonly user: User;
  readonly claimToken: string;
}

/** What users are created with. */
export interface CreateUserDependencies {
  readonly users: Pick<UserRepository, 'findUserByEmail' | 'createUser' | 'revokeUser'>;
  readonly pendingKeys: Pick<PendingKeyRepository, 'createPendingKey'>;
  readonly now: () => Date;
  readonly randomBytes: RandomBytes;
}

const invalid = (message: string, cause?: unknown): AppError =>
  new AppError('INVALID_REQUEST', message, cause === undefined ? {} : { cause });

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

function checkNewUser({ email = '', role = '' }: NewUser): { readonly email: string; readonly role: Role } {
  if (email === '') throw invalid('email is required');
  try {
    checkAddress(email);
  } catch (cause) {
    throw invalid('invalid email address', cause);
  }
  if (role === '') throw invalid('role is required');
  if (!isRole(role)) throw invalid(`invalid role, must be one of: ${roles.join(', ')}`);
  return { email, role };
}

/**
 * Creates a user whose key waits 15 minutes to be claimed. Until then the user does not authenticate.
 *
 * @throws AppError `INVALID_REQUEST`, or `CONFLICT` when the e-mail or the chosen key is taken.
 */
export async function createUser(
  { users, pendingKeys, now, randomBytes }: CreateUserDependencies,
  ctx: RequestContext,
  creator: string,
  request: NewUser,
): Promise<CreatedUser> {
  const { email, role } = checkNewUser(request);
  if ((await users.findUserByEmail(ctx, email)) !== undefined) {
    throw new AppError('CONFLICT', 'user with this email already exists');
  }

  const apiKey =
    request.apiKey === undefined || request.apiKey === '' ? createToken(randomBytes) : request.apiKey;
  const createdAt = now();
  const expiresAt = new Date(Math.floor((createdAt.getTime() + claimTime) / 1000) * 1000);
  const user: User = {
    email,
    role,
    apiKeyHash: hashApiKey(apiKey),
    createdAt,
    revoked: false,
    expiresAt,
    createdByRequestId: ctx.requestId ?? '',
    modifiedByRequestId: ctx.requestId ?? '',
  };
  await users.createUser(ctx, user);

  const token = createToken(randomBytes);
  const begun = ownDeadline(ctx);
  try {
    await pendingKeys.createPendingKey(begun, {
      token,
      apiKey,
      userEmail: email,
      createdBy: creator,
      createdAt,
      expiresAt,
      viewed: false,
    });
  } catch (error) {
    // Nobody can ever claim this key, but its creator may know it.
    await users.revokeUser(ownDeadline(ctx), email).catch((undo: unknown) => {
      throw new AggregateError([error, undo], 'failed to store the key and to revoke its user', {
        cause: error,
      });
    });
    throw error;
  }
  return { user, claimToken: token };
}
