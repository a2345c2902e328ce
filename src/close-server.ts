import type { Server } from 'node:http';
import { sleep } from './orchestrator/sleep.js';

/** How often connections that have become idle are looked for, in milliseconds. */
const lookEvery = 25;

/**
 * Stops accepting, lets the requests in flight finish, and cuts what is left after a time.
 *
 * @param limitMs How long requests may take to finish.
 */
export async function closeServer(server: Server, limitMs: number): Promise<void> {
  const state = { isClosed: false };
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      state.isClosed = true;
      resolve();
    });
  });
  // A connection that is kept alive becomes idle only after its answer; nobody tells when.
  for (let waited = 0; !state.isClosed && waited < limitMs; waited += lookEvery) {
    server.closeIdleConnections();
    await Promise.race([closed, sleep(lookEvery)]);
  }
  server.closeAllConnections();
  await closed;
}
