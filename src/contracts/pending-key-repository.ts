import type { RequestContext } from './request-context.js';

/** A key that waits to be claimed, once, by whoever holds the token. */
export interface PendingKey {
  readonly token: string;
  /** The key itself; absent once it has been claimed. */
  readonly apiKey?: string | undefined;
  readonly userEmail: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Whole seconds; the final second still works. */
  readonly expiresAt: Date;
  readonly viewed: boolean;
  readonly viewedAt?: Date | undefined;
  /** Client address of the claim, for audit. */
  readonly viewedFrom?: string | undefined;
}

/** Keeps keys until they are claimed. Every failure of the store is `DATABASE_ERROR`. */
export interface PendingKeyRepository {
  createPendingKey(ctx: RequestContext, pendingKey: PendingKey & { readonly apiKey: string }): Promise<void>;

  findPendingKey(ctx: RequestContext, token: string): Promise<PendingKey | undefined>;

  /**
   * Marks the key viewed and wipes it, in one conditional write.
   *
   * @throws AppError `CONFLICT` (`pending key already viewed or does not exist`).
   */
  markViewed(
    ctx: RequestContext,
    token: string,
    view: { readonly at: Date; readonly from: string },
  ): Promise<void>;

  /** Deletes keys whose expiry lies before `now`. */
  deleteExpiredPendingKeys(ctx: RequestContext, now: Date): Promise<void>;
}
