import type { RequestContext } from './request-context.js';

/** The right to follow one execution's log over a WebSocket. */
export interface StreamToken {
  readonly token: string;
  readonly executionId: string;
  /** Position of the last event that its holder already has; absent means none. */
  readonly position?: string | undefined;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Client address that asked for it, for audit. */
  readonly clientAddress?: string | undefined;
}

/** Keeps stream tokens until they expire; each may be used any number of times. Failures are `DATABASE_ERROR`. */
export interface StreamTokenRepository {
  createStreamToken(ctx: RequestContext, token: StreamToken): Promise<void>;

  findStreamToken(ctx: RequestContext, token: string): Promise<StreamToken | undefined>;

  /** Deletes tokens whose expiry lies before `now`. */
  deleteExpiredStreamTokens(ctx: RequestContext, now: Date): Promise<void>;
}
