import { AppError, type RequestContext } from '../../contracts/index.js';

/**
 * Runs one piece of work on the store. Never throws synchronously; does nothing when the request is over already.
 *
 * @throws AppError `DATABASE_ERROR` with `failure` as its message when the store fails; `INVALID_REQUEST` for a text that
 * it cannot hold, nothing written; those of the work as they are.
 */
export async function runInStore<T>(ctx: RequestContext, failure: string, work: () => T): Promise<T> {
  ctx.signal?.throwIfAborted();
  try {
    return work();
  } catch (cause) {
    // Refusals of the work are AppErrors already. Locked, full, damaged: whoever reads the cause must decide.
    if (cause instanceof AppError) throw cause;
    if ((cause as { code?: unknown }).code === 'SQLITE_CONSTRAINT_CHECK') {
      throw new AppError('INVALID_REQUEST', 'a text with a NUL character cannot be stored', { cause });
    }
    throw new AppError('DATABASE_ERROR', failure, { cause });
  }
}
