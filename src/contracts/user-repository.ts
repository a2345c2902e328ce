import type { RequestContext } from './request-context.js';

/** What a user may do; one role per user. */
export const roles = ['admin', 'operator', 'developer', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** A user and the hash of the one key that they authenticate with. */
export interface User {
  readonly email: string;
  readonly role: Role;
  /** Base64 (standard alphabet, padded) of the SHA-256 of the key's text. */
  readonly apiKeyHash: string;
  readonly createdAt: Date;
  readonly lastUsed?: Date | undefined;
  readonly revoked: boolean;
  /** Present until the key has been claimed; the user is gone once it has passed. Whole seconds. */
  readonly expiresAt?: Date | undefined;
  readonly createdByRequestId: string;
  readonly modifiedByRequestId: string;
}

/** Keeps users. Every failure of the store is `DATABASE_ERROR`. */
export interface UserRepository {
  /** @throws AppError `CONFLICT` when the e-mail or the key is taken; nothing was changed. */
  createUser(ctx: RequestContext, user: User): Promise<void>;

  findUserByEmail(ctx: RequestContext, email: string): Promise<User | undefined>;

  findUserByApiKeyHash(ctx: RequestContext, apiKeyHash: string): Promise<User | undefined>;

  /** Every user by e-mail, revoked ones included. */
  listUsers(ctx: RequestContext): Promise<User[]>;

  /** Users that a request created or last changed. */
  listUsersByRequestId(ctx: RequestContext, requestId: string): Promise<User[]>;

  /** Notes a use of the key; leaves the request IDs alone. An unknown e-mail is no error. */
  recordLastUsed(ctx: RequestContext, email: string, at: Date): Promise<void>;

  /** Marks a user revoked; again is no error. @throws AppError `NOT_FOUND` (`user not found`). */
  revokeUser(ctx: RequestContext, email: string): Promise<void>;

  /** Makes a user permanent once their key is claimed. @throws AppError `NOT_FOUND` (`user not found`). */
  removeExpiry(ctx: RequestContext, email: string): Promise<void>;

  /** Deletes users whose expiry lies before `now`, and resolves to their e-mails. */
  deleteExpiredUsers(ctx: RequestContext, now: Date): Promise<string[]>;
}
