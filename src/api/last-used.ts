import type { Logger } from 'pino';
import type { User, UserRepository } from '../contracts/index.js';

/** Notes when keys are used, behind the back of the requests that use them. */
export interface LastUsedRecorder {
  /** Begins the write and returns at once. */
  record(user: User, requestId: string | undefined): void;
  /** Resolves when nothing is being written: for a shutdown, before the store closes. */
  settled(): Promise<void>;
}

/** What the recorder writes with. */
export interface LastUsedRecorderOptions {
  readonly users: Pick<UserRepository, 'recordLastUsed'>;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** How long a write may take, in milliseconds. */
const writeLimit = 5_000;

/** Makes the recorder. A write that fails is logged and nothing more. */
export function createLastUsedRecorder({ users, logger, now }: LastUsedRecorderOptions): LastUsedRecorder {
  const pending = new Set<Promise<void>>();

  return {
    record(user, requestId) {
      // Not the request's own signal: the write outlives a client that has its answer.
      const ctx = { requestId, signal: AbortSignal.timeout(writeLimit) };
      const write = users
        .recordLastUsed(ctx, user.email, now())
        .catch((error: unknown) => {
          logger.warn({ err: error, requestId }, 'failed to record the last use of a key');
        })
        .finally(() => pending.delete(write));
      pending.add(write);
    },

    async settled() {
      await Promise.all(pending);
    },
  };
}
