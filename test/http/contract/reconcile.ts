import { describe, expect, it } from 'vitest';
import { type HealthReport } from '../../../src/contracts/index.js';
import { expectFailure, expectSuccess, failure } from '../expectations.js';
import { type Start } from '../harness.js';
import { outage } from '../outages.js';

/** Health and reconciliation (sections 3.3 and 3.14 of the HTTP contract). */
export function reconcileContract(start: Start): void {
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
}
