import { AppError } from '../contracts/index.js';
import type { PendingKey, PendingKeyRepository, RequestContext, UserRepository } from '../contracts/index.js';
import type { Log } from './log.js';
import { ownDeadline } from './own-deadline.js';

/** What claims are made with. */
export interface ClaimKeyDependencies {
  readonly pendingKeys: Pick<PendingKeyRepository, 'findPendingKey' | 'markViewed'>;
  readonly users: Pick<UserRepository, 'removeExpiry'>;
  readonly log: Log;
  readonly now: () => Date;
}

/** A key in the hands of whom it is for. */
export interface ClaimedKey {
  readonly apiKey: string;
  readonly userEmail: string;
}

/** Without this a claimed key would not work, and nobody could claim it again: so not at the first hiccup. */
const attempts = 3;

const wholeSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);

function checkClaimable(pending: PendingKey | undefined, now: Date): ClaimedKey {
  if (pending === undefined) throw new AppError('NOT_FOUND', 'invalid or expired token');
  if (pending.viewed || pending.apiKey === undefined) {
    throw new AppError('CONFLICT', 'key has already been claimed');
  }
  // The final second still works.
  if (wholeSeconds(pending.expiresAt) < wholeSeconds(now))
    throw new AppError('NOT_FOUND', 'token has expired');
  return { apiKey: pending.apiKey, userEmail: pending.userEmail };
}

/**
 * Hands out a key, once, and makes its user permanent.
 *
 * @param from Client address, for audit.
 * @throws AppError `NOT_FOUND` for an unknown or expired token, `CONFLICT` when somebody was faster.
 */
export async function claimKey(
  { pendingKeys, users, log, now }: ClaimKeyDependencies,
  ctx: RequestContext,
  token: string,
  from: string,
): Promise<ClaimedKey> {
  const pending = await pendingKeys.findPendingKey(ctx, token);
  const at = now();
  const claimed = checkClaimable(pending, at);
  await pendingKeys.markViewed(ctx, token, { at, from });

  for (let attempt = 1; ; attempt += 1) {
    try {
      await users.removeExpiry(ownDeadline(ctx), claimed.userEmail);
      break;
    } catch (error) {
      if (attempt < attempts) continue;
      // The key has left the store: giving it out is all that is left to do.
      log.error(
        { err: error, requestId: ctx.requestId, userEmail: claimed.userEmail },
        'a claimed key still expires',
      );
      break;
    }
  }
  return claimed;
}
