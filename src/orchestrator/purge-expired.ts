import type {
  PendingKeyRepository,
  RequestContext,
  StreamTokenRepository,
  UserRepository,
} from '../contracts/index.js';
import type { Log } from './log.js';
import { sleep } from './sleep.js';

/** What is purged. */
export interface PurgeExpiredDependencies {
  readonly users: Pick<UserRepository, 'deleteExpiredUsers'>;
  readonly pendingKeys: Pick<PendingKeyRepository, 'deleteExpiredPendingKeys'>;
  readonly streamTokens: Pick<StreamTokenRepository, 'deleteExpiredStreamTokens'>;
  readonly log: Log;
  readonly now: () => Date;
}

/** Deletes users and keys that nobody claimed in time, and tokens of streams that no longer work. */
export async function purgeExpired(
  { users, pendingKeys, streamTokens, log, now }: PurgeExpiredDependencies,
  ctx: RequestContext,
): Promise<void> {
  // Whole seconds: what expires in the second that has begun still works until it is over.
  const second = new Date(Math.floor(now().getTime() / 1000) * 1000);
  const emails = await users.deleteExpiredUsers(ctx, second);
  if (emails.length > 0) log.info({ emails }, 'deleted users whose keys were not claimed in time');
  await pendingKeys.deleteExpiredPendingKeys(ctx, second);
  await streamTokens.deleteExpiredStreamTokens(ctx, second);
}

/** Purges at once and then every so often, until `ctx.signal` aborts. A purge that fails is logged and made up for. */
export async function purgeExpiredPeriodically(
  dependencies: PurgeExpiredDependencies,
  ctx: RequestContext,
  everyMs = 60_000,
): Promise<void> {
  while (ctx.signal?.aborted !== true) {
    try {
      await purgeExpired(dependencies, ctx);
    } catch (error) {
      dependencies.log.warn({ err: error }, 'failed to delete what has expired');
    }
    await sleep(everyMs, ctx.signal);
  }
}
