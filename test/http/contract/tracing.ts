import { describe, expect, it } from 'vitest';
import { expectFailure, failure, requestId } from '../expectations.js';
import { type Start, emailOf } from '../harness.js';
import { outage } from '../outages.js';

/** What a request did (section 3.11 of the HTTP contract). */
export function tracingContract(start: Start): void {
  describe('GET /trace/{requestID}', () => {
    it('answers 200 with nothing for an unknown ID', async () => {
      const api = await start();

      expect((await api.call('admin', 'GET', '/trace/unknown')).text).toBe(
        '{"logs":[],"related_resources":{}}\n',
      );
    });

    it('finds what a request made and what it changed, without secret values', async () => {
      const api = await start();
      await api.addExecution({ executionId: 'made', createdByRequestId: 'r' });
      await api.addExecution({ executionId: 'changed', modifiedByRequestId: 'r' });
      await api.addExecution({ executionId: 'foreign', createdByRequestId: 'other' });
      await api.addSecret({ name: 'secret', createdByRequestId: 'r' });
      // Even from a store that hands values out.
      api.replace(
        'secrets',
        'listSecretsByRequestId',
        (original) =>
          async (...parameters) =>
            (await original(...parameters)).map((secret) => ({ ...secret, value: 'planted-value' })),
      );
      await api.addUser({ email: 'traced@example.com', key: 't', modifiedByRequestId: 'r' });
      await api.provider.imageRegistry.registerImage(
        { requestId: 'r' },
        { image: 'traced:1', registeredBy: emailOf('admin') },
      );
      api.replace('backendObservability', 'fetchBackendLogs', () => async (_ctx, id) => [
        { timestamp: 1_767_225_600_123, message: `log of ${id}`, position: 'p' },
      ]);

      const answer = await api.call('admin', 'GET', '/trace/r');

      const { logs, related_resources: related } = JSON.parse(answer.text) as {
        logs: unknown;
        related_resources: Record<string, object[]>;
      };
      expect(logs).toStrictEqual([{ timestamp: 1_767_225_600_123, message: 'log of r' }]);
      expect(Object.keys(related).sort()).toEqual(['executions', 'images', 'secrets', 'users']);
      expect(
        new Set(related['executions']?.map((one) => (one as { execution_id: string }).execution_id)),
      ).toEqual(new Set(['made', 'changed']));
      expect(related['secrets']).toMatchObject([{ name: 'secret', key_name: 'PLANTED' }]);
      expect(related['users']).toMatchObject([{ email: 'traced@example.com' }]);
      expect(related['images']).toMatchObject([{ image: 'traced:1' }]);
      expect(answer.text).not.toContain('planted-value');
    });

    it('finds the request that made a user through the ID in their record', async () => {
      const api = await start();
      const { user } = (await api.json('admin', 'POST', '/users/create', {
        body: { email: 'new@example.com', role: 'viewer' },
      })) as { user: { created_by_request_id: string } };

      const { related_resources: related } = (await api.json(
        'admin',
        'GET',
        `/trace/${user.created_by_request_id}`,
      )) as { related_resources: Record<string, object[]> };

      expect(related).toMatchObject({
        users: [{ email: 'new@example.com', created_by_request_id: requestId }],
      });
      expect(Object.keys(related)).toEqual(['users']);
    });

    it('does not list a user for what they asked last', async () => {
      const api = await start();
      await api.json('admin', 'POST', '/secrets', { body: { name: 's', key_name: 'S', value: 'v' } });
      const [secret] = await api.provider.secrets.listSecrets({});

      const { related_resources: related } = (await api.json(
        'admin',
        'GET',
        `/trace/${secret?.createdByRequestId ?? ''}`,
      )) as { related_resources: object };

      expect(Object.keys(related)).toEqual(['secrets']);
    });

    it.each([
      ['backendObservability', 'fetchBackendLogs'],
      ['executions', 'listExecutionsByRequestId'],
      ['secrets', 'listSecretsByRequestId'],
      ['users', 'listUsersByRequestId'],
      ['imageRegistry', 'getImagesByRequestId'],
    ] as const)('says 503 when %s.%s fails', async (part, method) => {
      const api = await start();
      api.fail(part, method as never, outage);

      const answer = await api.call('admin', 'GET', '/trace/x');

      expectFailure(answer, failure(503, 'SERVICE_UNAVAILABLE', 'failed to fetch trace', /^(?!.*planted)/));
    });

    it('takes whatever stands in the path for an ID, and answers at once', async () => {
      const api = await start();
      const id = '" or "" like // | fields @message';
      const began = performance.now();

      await api.json('admin', 'GET', `/trace/${encodeURIComponent(id).replaceAll('%2F', '!')}`);

      expect(performance.now() - began).toBeLessThan(2_000);
      expect(api.calls('backendObservability', 'fetchBackendLogs').map(([, asked]) => asked)).toEqual([
        id.replaceAll('/', '!'),
      ]);
    });

    it('refuses a blank ID with one JSON document', async () => {
      const api = await start();

      expectFailure(
        await api.call('admin', 'GET', '/trace/%20'),
        failure(400, '-', 'invalid requestID', 'requestID is required'),
      );
    });
  });
}
