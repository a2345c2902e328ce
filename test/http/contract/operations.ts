import { describe, expect, it } from 'vitest';
import { AppError, type HealthReport } from '../../../src/contracts/index.js';
import { expectFailure, expectSuccess, failure, requestId } from '../expectations.js';
import { type Start, emailOf } from '../harness.js';

const outage = new AppError('DATABASE_ERROR', 'the store did not answer', {
  cause: new Error('planted-cause'),
});

/** Health, reconciliation and trace (sections 3.3, 3.11 and 3.14 of the HTTP contract). */
export function operationsContract(start: Start): void {
  describe('GET /health', () => {
    it('answers ok and a version, whatever the store does', async () => {
      const api = await start();
      api.fail('users', 'findUserByApiKeyHash', outage);

      expectSuccess(await api.call('nobody', 'GET', '/health'), 200, {
        status: 'ok',
        version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      });
      expect((await api.call('nobody', 'GET', '/health', { headers: { 'X-API-Key': 'wrong' } })).status).toBe(
        200,
      );
    });
  });

  describe('POST /health/reconcile', () => {
    const report: HealthReport = {
      timestamp: new Date('2026-03-04T05:06:07.120Z'),
      computeStatus: {
        totalResources: 1,
        verifiedCount: 2,
        recreatedCount: 3,
        tagUpdatedCount: 4,
        orphanedCount: 5,
        orphanedResources: ['task-1'],
      },
      secretsStatus: {
        totalSecrets: 6,
        verifiedCount: 7,
        tagUpdatedCount: 8,
        missingCount: 9,
        orphanedCount: 10,
        orphanedParameters: ['parameter'],
      },
      identityStatus: {
        defaultRolesVerified: true,
        customRolesVerified: 11,
        customRolesTotal: 12,
        missingRoles: ['role'],
      },
      issues: [
        { resourceType: 'task', resourceId: 'a', severity: 'error', message: 'gone', action: 'closed' },
        { resourceType: 'task', resourceId: 'b', severity: 'warning', message: 'odd', action: 'look' },
        { resourceType: 'task', resourceId: 'c', severity: 'error', message: 'gone', action: 'closed' },
      ],
      reconciledCount: 13,
    };

    it('answers the report in the snake case that its readers know', async () => {
      const api = await start();
      api.replace('healthReconciler', 'reconcile', () => async () => report);

      const answer = await api.call('operator', 'POST', '/health/reconcile');

      expect(answer.status).toBe(200);
      const body = JSON.parse(answer.text) as { status: string; report: Record<string, unknown> };
      expect(body.status).toBe('ok');
      expect(body.report).toMatchObject({
        timestamp: expect.stringMatching(/^2026-03-04T05:06:07(\.12)?Z$/) as string,
        compute_status: {
          total_resources: 1,
          verified_count: 2,
          recreated_count: 3,
          tag_updated_count: 4,
          orphaned_count: 5,
          orphaned_resources: ['task-1'],
        },
        secrets_status: {
          total_secrets: 6,
          verified_count: 7,
          tag_updated_count: 8,
          missing_count: 9,
          orphaned_count: 10,
          orphaned_parameters: ['parameter'],
        },
        identity_status: {
          default_roles_verified: true,
          custom_roles_verified: 11,
          custom_roles_total: 12,
          missing_roles: ['role'],
        },
        issues: [
          { resource_type: 'task', resource_id: 'a', severity: 'error', message: 'gone', action: 'closed' },
          { resource_type: 'task', resource_id: 'b', severity: 'warning', message: 'odd', action: 'look' },
          { resource_type: 'task', resource_id: 'c', severity: 'error', message: 'gone', action: 'closed' },
        ],
        reconciled_count: 13,
        error_count: 2,
      });
      expect(answer.text).not.toMatch(/"[A-Z]\w*":/);
    });

    it('reads no body', async () => {
      const api = await start();

      expect((await api.call('operator', 'POST', '/health/reconcile', { body: '{nonsense' })).status).toBe(
        200,
      );
    });

    it('says 503 when a store fails', async () => {
      const api = await start();
      api.fail('healthReconciler', 'reconcile', outage);

      expectFailure(
        await api.call('operator', 'POST', '/health/reconcile'),
        failure(503, 'DATABASE_ERROR', 'failed to reconcile resources', 'the store did not answer'),
      );
    });

    it('answers an error, and does not crash, when there is nothing to reconcile with', async () => {
      const api = await start();
      api.fail('healthReconciler', 'reconcile', new TypeError('planted-internal-text'));

      const answer = await api.call('operator', 'POST', '/health/reconcile');

      expect(answer.status).toBe(500);
      expect(JSON.parse(answer.text)).toMatchObject({ error: 'failed to reconcile resources' });
      expect(JSON.parse(answer.text)).not.toHaveProperty('code');
      expect(answer.text).not.toContain('planted');
      expect((await api.call('nobody', 'GET', '/health')).status).toBe(200);
    });

    it('answers an error when there is no report', async () => {
      const api = await start();
      api.replace('healthReconciler', 'reconcile', () => async () => undefined as unknown as HealthReport);

      expectFailure(
        await api.call('operator', 'POST', '/health/reconcile'),
        failure(500, '-', 'health report is nil', 'health reconciliation returned no report'),
      );
    });
  });

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
