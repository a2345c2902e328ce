import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/contracts/index.js';
import { expectFailure, failure } from '../expectations.js';
import { type Start } from '../harness.js';
import { outage } from '../outages.js';
import { startNoting } from '../start-noting.js';

const resolving = 'failed to resolve image';
const running = 'failed to run command';

/** Runs that do not come about (section 3.4 of the HTTP contract). */
export function runFailuresContract(start: Start): void {
  describe('an image that cannot be had', () => {
    it('is none, with no default', async () => {
      const { api, tasks } = await startNoting(start, { images: [] });

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: { command: 'true' } }),
        failure(400, 'INVALID_REQUEST', resolving, 'no image specified and no default image configured'),
      );
      expect(tasks).toEqual([]);
    });

    it('is unknown', async () => {
      const { api, tasks } = await startNoting(start);

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: { command: 'true', image: 'unknown:1' } }),
        failure(404, 'NOT_FOUND', resolving, 'image not found: unknown:1'),
      );
      expect(tasks).toEqual([]);
    });

    it('cannot be looked up', async () => {
      const { api, tasks } = await startNoting(start);
      api.fail('imageRegistry', 'getImage', new Error('planted-internal-text'));

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: { command: 'true' } }),
        failure(500, 'INTERNAL_ERROR', resolving, /^(?!.*planted)/),
      );
      expect(tasks).toEqual([]);
    });

    it('cannot be read from the store', async () => {
      const { api } = await startNoting(start);
      api.fail('imageRegistry', 'getImage', outage);

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: { command: 'true' } }),
        failure(503, 'DATABASE_ERROR', resolving, 'the store did not answer'),
      );
    });
  });

  describe('an empty command', () => {
    it.each([{}, { command: '' }, { command: null }, null])('is refused: %j', async (body) => {
      const { api, tasks } = await startNoting(start);

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: JSON.stringify(body) }),
        failure(400, 'INVALID_REQUEST', running, 'command is required'),
      );
      expect(tasks).toEqual([]);
    });

    it('is refused before the image is looked up', async () => {
      const { api } = await startNoting(start, { images: [] });
      const before = api.calls('imageRegistry', 'getImage').length;

      expectFailure(
        await api.call('admin', 'POST', '/run', {
          body: { command: '', image: 'unknown:1', secrets: [' '] },
        }),
        failure(400, 'INVALID_REQUEST', running, 'command is required'),
      );
      expect(api.calls('imageRegistry', 'getImage')).toHaveLength(before);
    });

    it('is not a command of blanks', async () => {
      const { api, tasks } = await startNoting(start);

      await api.json('admin', 'POST', '/run', { body: { command: '  ' } });

      expect(tasks[0]?.command).toBe('  ');
    });
  });

  describe('a task that cannot be started', () => {
    it('leaves no record', async () => {
      const { api } = await startNoting(start);
      api.fail('taskExecutor', 'startTask', new AppError('INTERNAL_ERROR', 'failed to start task'));

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: { command: 'true' } }),
        failure(500, 'INTERNAL_ERROR', running, 'failed to start task'),
      );
      expect(await api.json('admin', 'GET', '/executions')).toEqual([]);
    });

    it('is told without a code and without the text when nobody classified why', async () => {
      const { api } = await startNoting(start);
      api.fail('taskExecutor', 'startTask', new Error('spawn ENOENT planted-internal-text'));

      const answer = await api.call('admin', 'POST', '/run', { body: { command: 'true' } });

      expect(answer.status).toBe(500);
      expect(JSON.parse(answer.text)).toMatchObject({ error: running });
      expect(JSON.parse(answer.text)).not.toHaveProperty('code');
      expect(answer.text).not.toContain('planted-internal-text');
    });

    it('is a request that the executor refuses', async () => {
      const { api } = await startNoting(start);
      api.fail('taskExecutor', 'startTask', new AppError('INVALID_REQUEST', 'command exceeds 128 KiB'));

      expectFailure(
        await api.call('admin', 'POST', '/run', { body: { command: 'true' } }),
        failure(400, 'INVALID_REQUEST', running, 'command exceeds 128 KiB'),
      );
    });
  });

  describe('a record that cannot be written', () => {
    it.each([
      ['the store is out', outage, failure(503, 'DATABASE_ERROR', running, 'the store did not answer')],
      [
        'the ID exists',
        new AppError('CONFLICT', 'execution already exists'),
        failure(409, 'CONFLICT', running, 'execution already exists'),
      ],
    ])(
      'because %s: the task is stopped, since the caller was told that it failed',
      async (_, error, expected) => {
        const { api } = await startNoting(start);
        const killed: string[] = [];
        api.replace(
          'taskExecutor',
          'killTask',
          () => async (_ctx, executionId) => void killed.push(executionId),
        );
        api.fail('executions', 'createExecution', error);

        expectFailure(await api.call('admin', 'POST', '/run', { body: { command: 'true' } }), expected);
        expect(killed).toEqual(['task-1']);
      },
    );
  });
}
