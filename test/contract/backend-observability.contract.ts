import { describe, expect, it } from 'vitest';

import type { BackendObservability } from '../../src/contracts/index.js';

/** A backend that has logged nothing, and a way to make it log. */
export interface BackendObservabilitySubject {
  readonly backendObservability: BackendObservability;
  /** Logs a message while a request is served, at a time in Unix milliseconds. */
  readonly log: (requestId: string, message: string, at: number) => Promise<void>;
}

/** What every {@link BackendObservability} promises. */
export function backendObservabilityContract(
  name: string,
  make: () => Promise<BackendObservabilitySubject>,
): void {
  const ctx = { requestId: 'request-9' };
  const time = Date.UTC(2026, 0, 1);

  describe(`backend observability: ${name}`, () => {
    it('gives back what was logged for a request, oldest first', async () => {
      const { backendObservability, log } = await make();
      await log('request-1', 'first', time);
      await log('request-2', 'of another', time + 1);
      await log('request-1', 'second', time + 2);

      const events = await backendObservability.fetchBackendLogs(ctx, 'request-1');

      expect(events.map(({ timestamp }) => timestamp)).toEqual([time, time + 2]);
      expect(events[0]?.message).toContain('first');
      expect(events[1]?.message).toContain('second');
    });

    it('has no events of a request that it does not know', async () => {
      const { backendObservability, log } = await make();
      await log('request-1', 'something', time);

      expect(await backendObservability.fetchBackendLogs(ctx, 'request-3')).toEqual([]);
    });

    it('takes the ID for what it is, not for a part of one or a pattern', async () => {
      const { backendObservability, log } = await make();
      await log('request-1', 'mentions request-12, and quotes "requestId":"request-2"', time);

      for (const requestId of ['request', 'request-12', 'request-2', 'request-.', '*', '" or 1=1', '']) {
        expect(await backendObservability.fetchBackendLogs(ctx, requestId), requestId).toEqual([]);
      }
    });
  });
}
