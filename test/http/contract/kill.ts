import { describe, expect, it } from 'vitest';
import { AppError, type ExecutionStatus } from '../../../src/contracts/index.js';
import { expectFailure, expectSuccess, failure, requestId } from '../expectations.js';
import { type Api, type Start } from '../harness.js';
import { outage } from '../outages.js';

const error = 'failed to kill execution';

/** Sections 3.8 and 4.4 of the HTTP contract. */
export function killContract(start: Start): void {
  const startNoting = async (status?: ExecutionStatus): Promise<{ api: Api; killed: string[] }> => {
    const api = await start();
    const killed: string[] = [];
    api.replace('taskExecutor', 'killTask', () => async (_ctx, executionId) => void killed.push(executionId));
    if (status !== undefined) await api.addExecution({ executionId: 'e', status });
    return { api, killed };
  };

  it.each(['STARTING', 'RUNNING'] as const)('ends an execution that is %s', async (status) => {
    const { api, killed } = await startNoting(status);

    expectSuccess(await api.call('operator', 'DELETE', '/executions/e'), 200, {
      execution_id: 'e',
      message: 'Execution termination initiated',
    });
    expect(killed).toEqual(['e']);
    const execution = await api.provider.executions.findExecution({}, 'e');
    expect(execution).toMatchObject({ status: 'TERMINATING', modifiedByRequestId: requestId });
    expect(execution?.completedAt).toBeUndefined();
  });

  it.each(['TERMINATING', 'SUCCEEDED', 'FAILED', 'STOPPED', 'UNHEARD_OF'])(
    'answers 204 without a body and asks nobody when it is %s',
    async (status) => {
      const { api, killed } = await startNoting(status as ExecutionStatus);

      const answer = await api.call('operator', 'DELETE', '/executions/e');

      expect(answer.status, answer.text).toBe(204);
      expect(answer.text).toBe('');
      expect(killed).toEqual([]);
      expect(await api.provider.executions.findExecution({}, 'e')).toMatchObject({ status });
    },
  );

  it('answers 204 the second time', async () => {
    const { api, killed } = await startNoting('RUNNING');

    expect((await api.call('operator', 'DELETE', '/executions/e')).status).toBe(200);
    expect((await api.call('operator', 'DELETE', '/executions/e')).status).toBe(204);
    expect((await api.call('operator', 'DELETE', '/executions/e')).status).toBe(204);
    expect(killed).toEqual(['e']);
  });

  it('reads no body', async () => {
    const { api } = await startNoting('RUNNING');

    expect((await api.call('operator', 'DELETE', '/executions/e', { body: '{nonsense' })).status).toBe(200);
  });

  describe('fails', () => {
    it.each(['unknown', 'unknown%2Fslash', '..', '%2e%2e', '__proto__'])('for %s with 404', async (id) => {
      const { api, killed } = await startNoting();

      expectFailure(
        await api.call('operator', 'DELETE', `/executions/${id}`),
        failure(404, 'NOT_FOUND', error, 'execution not found'),
      );
      expect(killed).toEqual([]);
    });

    it.each([
      [
        'no task is known',
        new AppError('NOT_FOUND', 'task not found'),
        failure(404, 'NOT_FOUND', error, 'task not found'),
      ],
      [
        'the task is ending',
        new AppError('INVALID_REQUEST', 'task is already terminated or terminating'),
        failure(400, 'INVALID_REQUEST', error, 'task is already terminated or terminating'),
      ],
      [
        'the backend fails',
        new AppError('INTERNAL_ERROR', 'failed to stop task', { cause: new Error('planted-internal-text') }),
        failure(500, 'INTERNAL_ERROR', error, 'failed to stop task'),
      ],
      [
        'the backend is out',
        new AppError('SERVICE_UNAVAILABLE', 'try again'),
        failure(503, 'SERVICE_UNAVAILABLE', error, 'try again'),
      ],
    ])('when %s, and leaves the record', async (_, thrown, expected) => {
      const { api } = await startNoting('RUNNING');
      api.fail('taskExecutor', 'killTask', thrown);

      expectFailure(await api.call('operator', 'DELETE', '/executions/e'), expected);
      expect(await api.provider.executions.findExecution({}, 'e')).toMatchObject({ status: 'RUNNING' });
    });

    it('without the text of an error that nobody classified', async () => {
      const { api } = await startNoting('RUNNING');
      api.fail('taskExecutor', 'killTask', new Error('kill EPERM planted-internal-text'));

      const answer = await api.call('operator', 'DELETE', '/executions/e');

      expect(answer.status).toBe(500);
      expect(JSON.parse(answer.text)).toMatchObject({ error });
      expect(JSON.parse(answer.text)).not.toHaveProperty('code');
      expect(answer.text).not.toContain('planted-internal-text');
    });

    it('when the record cannot be read', async () => {
      const { api, killed } = await startNoting('RUNNING');
      api.fail('executions', 'findExecution', outage);

      expectFailure(
        await api.call('operator', 'DELETE', '/executions/e'),
        failure(503, 'DATABASE_ERROR', error, 'the store did not answer'),
      );
      expect(killed).toEqual([]);
    });

    it('with 404 when the record is gone by the time it is written', async () => {
      const { api } = await startNoting('RUNNING');
      api.fail('executions', 'transition', new AppError('NOT_FOUND', 'execution not found'));

      expectFailure(
        await api.call('operator', 'DELETE', '/executions/e'),
        failure(404, 'NOT_FOUND', error, 'execution not found'),
      );
    });

    it('when the record cannot be written, and a retry reaches the backend again', async () => {
      const { api, killed } = await startNoting('RUNNING');
      api.fail('executions', 'transition', outage);

      for (let time = 0; time < 2; time += 1)
        expectFailure(
          await api.call('operator', 'DELETE', '/executions/e'),
          failure(503, 'DATABASE_ERROR', error, 'the store did not answer'),
        );
      expect(killed).toEqual(['e', 'e']);
    });
  });

  it('does not overwrite an ending that was recorded meanwhile', async () => {
    const { api } = await startNoting('RUNNING');
    api.replace('taskExecutor', 'killTask', () => async () => {
      await api.provider.executions.transition({}, 'e', {
        from: ['RUNNING'],
        to: 'SUCCEEDED',
        completedAt: api.now(),
        exitCode: 0,
      });
    });

    const answer = await api.call('operator', 'DELETE', '/executions/e');

    // A lost race is no error.
    expect([200, 204], answer.text).toContain(answer.status);
    expect(await api.provider.executions.findExecution({}, 'e')).toMatchObject({ status: 'SUCCEEDED' });
  });
}
