import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { pino } from 'pino';
import { composeLegacyApi } from '../../legacy/compose.js';
import { startService } from '../../src/start-service.js';
import { type StartApi, emailOf } from './harness.js';

/** The existing API, with a `Runner` in the middle. */
export const startLegacy: StartApi = ({ corsAllowedOrigins, requestTimeoutMs, onLogLine, ...options }) =>
  startService({
    ...composeLegacyApi({
      ...options,
      randomBytes,
      version: '1.2.3',
      elapsed: () => performance.now(),
      logger: pino({ level: 'trace' }, { write: onLogLine }),
    }),
    host: '127.0.0.1',
    port: 0,
    corsAllowedOrigins,
    requestTimeoutMs,
    // The suite has users before the API starts, so that this one is never made.
    firstAdmin: { email: emailOf('admin') },
  });
