import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { pino } from 'pino';
import type { Api, ApiOptions } from '../../src/compose-api.js';
import type { RandomBytes } from '../../src/orchestrator/api-key.js';
import { startService } from '../../src/start-service.js';
import { type StartApi, emailOf } from './harness.js';

/** Ties an API to the suite, by what builds it from a provider. Each start has its own source of random bytes. */
export function serve(
  compose: (options: ApiOptions) => Api,
  createRandomBytes: () => RandomBytes = () => randomBytes,
): StartApi {
  return ({ corsAllowedOrigins, requestTimeoutMs, onLogLine, ...options }) =>
    startService({
      ...compose({
        ...options,
        randomBytes: createRandomBytes(),
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
}
