import { describe, expect, it } from 'vitest';
import { expectFailure, expectSuccess, failure } from '../expectations.js';
import { type Start } from '../harness.js';
import { outage } from '../outages.js';

/** The status of one execution (section 3.6 of the HTTP contract), and IDs that are none. */
export function executionStatusContract(start: Start): void {
  describe('GET /executions/{id}/status', () => {
    it('answers null for the exit code and no completion while it runs', async () => {
      const api = await start();
      await api.addExecution({
        executionId: 'e',
        status: 'RUNNING',
        startedAt: new Date('2026-03-04T05:06:07.5Z'),
      });

      expect(await api.json('admin', 'GET', '/executions/e/status')).toStrictEqual({
        execution_id: 'e',
        status: 'RUNNING',
        started_at: '2026-03-04T05:06:07Z',
        exit_code: null,
      });
    });

    it.each([0, 1, 130, 255])('answers exit code %d once it has completed', async (exitCode) => {
      const api = await start();
      await api.addExecution({
        executionId: 'e',
        status: exitCode === 0 ? 'SUCCEEDED' : 'FAILED',
        startedAt: new Date('2026-03-04T05:06:07Z'),
        completedAt: new Date('2026-03-04T05:06:08Z'),
        exitCode,
      });

      expect(await api.json('admin', 'GET', '/executions/e/status')).toStrictEqual({
        execution_id: 'e',
        status: exitCode === 0 ? 'SUCCEEDED' : 'FAILED',
        started_at: '2026-03-04T05:06:07Z',
        completed_at: '2026-03-04T05:06:08Z',
        exit_code: exitCode,
      });
    });

    it.each([
      ['unknown', 'unknown'],
      ['a%20b', 'a b'],
      ['a%2520b', 'a%20b'],
      // With an encoded slash the handler sees the text still encoded.
      ['a%2Fb', 'a%2Fb'],
      ['%20trimmed%20', 'trimmed'],
      ['__proto__', '__proto__'],
    ])('answers 404 for %s, which it calls %s', async (path, id) => {
      const api = await start();

      expectFailure(
        await api.call('admin', 'GET', `/executions/${path}/status`),
        failure(
          404,
          'NOT_FOUND',
          `failed to get execution status for executionID ${id}`,
          'execution not found',
        ),
      );
    });

    it('says 503 when the record cannot be read', async () => {
      const api = await start();
      api.fail('executions', 'findExecution', outage);

      expectFailure(
        await api.call('admin', 'GET', '/executions/e/status'),
        failure(
          503,
          'DATABASE_ERROR',
          'failed to get execution status for executionID e',
          'the store did not answer',
        ),
      );
    });

    it('shows the oldest second of time and a far one', async () => {
      const api = await start();
      await api.addExecution({
        executionId: 'old',
        startedAt: new Date(0),
        completedAt: new Date('2199-12-31T23:59:59.999Z'),
      });

      const answer = await api.call('admin', 'GET', '/executions/old/status');

      expectSuccess(answer, 200, {
        execution_id: 'old',
        status: 'SUCCEEDED',
        started_at: '1970-01-01T00:00:00Z',
        completed_at: '2199-12-31T23:59:59Z',
        exit_code: 0,
      });
    });
  });

  describe('an execution ID of only blanks', () => {
    it.each([
      ['GET', '/executions/%20/status'],
      ['GET', '/executions//status'],
      ['GET', '/executions//logs'],
      ['GET', '/executions/%09%20/logs'],
      ['DELETE', '/executions/%20'],
    ])('is refused in %s %s', async (method, path) => {
      const api = await start();

      expectFailure(
        await api.call('admin', method, path),
        failure(400, '-', 'invalid executionID', 'executionID is required'),
      );
    });
  });
}
