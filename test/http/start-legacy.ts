import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { pino } from 'pino';
import { composeLegacyApi } from '../../legacy/compose.js';
import type { StartApi } from './harness.js';

/** The existing API, with a `Runner` in the middle. */
export const startLegacy: StartApi = async ({ onLogLine, ...options }) => {
  const api = composeLegacyApi({
    ...options,
    randomBytes,
    version: '1.2.3',
    elapsed: () => performance.now(),
    logger: pino({ level: 'trace' }, { write: onLogLine }),
  });
  await api.start();
  await new Promise<void>((resolve, reject) => {
    api.server.on('error', reject);
    api.server.listen(0, '127.0.0.1', resolve);
  });
  return { port: (api.server.address() as AddressInfo).port, stop: () => api.stop() };
};
