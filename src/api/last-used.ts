import type { Logger } from 'pino';
import type { User, UserRepository } from '../contracts/index.js';

/** Notes when keys are used, behind the back of the requests that use them. */
export interface LastUsedRecorder {
  /** Begins the write, or puts it off for a moment where the same key was noted just now; returns at once. */
  record(user: User, requestId: string | undefined): void;
  /** Writes what was put off, and resolves when nothing is being written: for a shutdown, before the store closes. */
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

/** Uses of one key within this time, in milliseconds, are one write: the last of them counts. */
const interval = 1_000;

interface Use {
  readonly at: Date;
  readonly requestId: string | undefined;
}

/** Makes the recorder. A write that fails is logged and nothing more. */
export function createLastUsedRecorder({ users, logger, now }: LastUsedRecorderOptions): LastUsedRecorder {
  const pending = new Set<Promise<void>>();
  /** Users noted within the interval, with the use that came after, if any. */
  const recent = new Map<string, { timer: NodeJS.Timeout; later: Use | undefined }>();

  const write = (email: string, { at, requestId }: Use): void => {
    // Not the request's own signal: the write outlives a client that has its answer.
    const ctx = { requestId, signal: AbortSignal.timeout(writeLimit) };
    const written = users
      .recordLastUsed(ctx, email, at)
      .catch((error: unknown) => {
        logger.warn({ err: error, requestId }, 'failed to record the last use of a key');
      })
      .finally(() => pending.delete(written));
    pending.add(written);
  };

  const begin = (email: string, use: Use): void => {
    write(email, use);
    recent.set(email, { timer: setTimeout(finish, interval, email).unref(), later: undefined });
  };

  const finish = (email: string): void => {
    const later = recent.get(email)?.later;
    recent.delete(email);
    if (later !== undefined) begin(email, later);
  };

  return {
    record({ email }, requestId) {
      const use = { at: now(), requestId };
      const known = recent.get(email);
      if (known === undefined) begin(email, use);
      else known.later = use;
    },

    async settled() {
      for (const [email, { timer, later }] of recent) {
        clearTimeout(timer);
        if (later !== undefined) write(email, later);
      }
      recent.clear();
      await Promise.all(pending);
    },
  };
}
