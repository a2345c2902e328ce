import { setTimeout as delay } from 'node:timers/promises';

/** Resolves after a time, or at once when the signal aborts; never keeps the process alive. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) });
  } catch {
    // Aborted: whoever waits looks at the signal anyway.
  }
}
