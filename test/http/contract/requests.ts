import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/contracts/index.js';
import { expectFailure, failure, requestId } from '../expectations.js';
import { type Start } from '../harness.js';

/** IDs and deadlines of requests (sections 1.1 and 1.4 of the HTTP contract). */
export function requestsContract(start: Start): void {
  describe('the ID of a request', () => {
    it('is never taken from a header and never sent back', async () => {
      const api = await start();

      const answer = await api.call('admin', 'POST', '/secrets', {
        body: { name: 's', key_name: 'S', value: 'v' },
        headers: {
          'X-Request-Id': 'planted-id',
          'X-Amzn-Trace-Id': 'planted-id',
          'Request-Id': 'planted-id',
        },
      });

      const [secret] = await api.provider.secrets.listSecrets({});
      expect(secret?.createdByRequestId).toEqual(requestId);
      expect(JSON.stringify(answer.headers)).not.toContain(secret?.createdByRequestId);
    });
  });

  describe('the deadline of a request', () => {
    it('cancels what is waited for, and the answer is the error that this gives', async () => {
      const api = await start({ requestTimeoutMs: 100 });
      api.replace(
        'users',
        'listUsers',
        () => (ctx) =>
          new Promise((_, reject) => {
            ctx.signal?.addEventListener('abort', () =>
              reject(new AppError('DATABASE_ERROR', 'cancelled', { cause: ctx.signal?.reason })),
            );
          }),
      );

      expectFailure(
        await api.call('admin', 'GET', '/users'),
        failure(503, 'DATABASE_ERROR', 'failed to list users', 'the request took too long'),
      );
    });
  });
}
