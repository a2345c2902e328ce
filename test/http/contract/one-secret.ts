import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/contracts/index.js';
import { expectFailure, expectSuccess, failure, requestId } from '../expectations.js';
import { type Start, emailOf } from '../harness.js';
import { outage } from '../outages.js';

const notFound = failure(404, 'SECRET_NOT_FOUND', 'secret not found', 'secret not found');

/** Reading, changing and deleting one secret (section 3.10 of the HTTP contract). */
export function oneSecretContract(start: Start): void {
  const body = { name: 'deploy', key_name: 'DEPLOY_KEY', value: 'planted-value', description: 'for deploys' };

  describe('GET /secrets/{name}', () => {
    it('says 404 for an unknown one', async () => {
      const api = await start();

      expectFailure(await api.call('operator', 'GET', '/secrets/unknown'), notFound);
    });

    it('fails when the value cannot be read, and never shows an empty one', async () => {
      const api = await start();
      await api.addSecret({ name: 'damaged' });
      api.fail(
        'secrets',
        'findSecret',
        new AppError('INTERNAL_ERROR', 'the value of the secret cannot be read', {
          cause: new Error('planted-cause'),
        }),
      );

      const answer = await api.call('operator', 'GET', '/secrets/damaged');

      expectFailure(answer, failure(500, 'INTERNAL_ERROR', /./, /./));
      expect(answer.text).not.toContain('planted');
    });

    it('lets a damaged secret be deleted', async () => {
      const api = await start();
      await api.addSecret({ name: 'damaged' });
      api.fail(
        'secrets',
        'findSecret',
        new AppError('INTERNAL_ERROR', 'the value of the secret cannot be read'),
      );

      expect((await api.call('operator', 'DELETE', '/secrets/damaged')).status).toBe(200);
    });
  });

  describe('PUT /secrets/{name}', () => {
    it.each([
      [{ value: 'new' }, { value: 'new' }],
      [{ key_name: 'NEW' }, { key_name: 'NEW' }],
      [{ description: 'new' }, { description: 'new' }],
      [{ description: '', key_name: '', value: '' }, {}],
      [{ value: null }, {}],
      [{}, {}],
      [null, {}],
    ])('%j changes that and notes who and when', async (update, changed) => {
      const api = await start();
      await api.json('developer', 'POST', '/secrets', { body });
      const { secret: before } = (await api.json('developer', 'GET', '/secrets/deploy')) as {
        secret: object;
      };
      api.setTime(new Date('2026-03-04T06:00:00Z'));

      expectSuccess(
        await api.call('operator', 'PUT', '/secrets/deploy', { body: JSON.stringify(update) }),
        200,
        {
          message: 'Secret updated successfully',
        },
      );

      expect(await api.json('developer', 'GET', '/secrets/deploy')).toStrictEqual({
        secret: {
          ...before,
          ...changed,
          updated_by: emailOf('operator'),
          updated_at: '2026-03-04T06:00:00Z',
          modified_by_request_id: requestId,
        },
      });
    });

    it('says 404 for an unknown one and stores nothing', async () => {
      const api = await start();

      expectFailure(
        await api.call('operator', 'PUT', '/secrets/unknown', { body: { value: 'x' } }),
        notFound,
      );
      expect(await api.provider.secrets.listSecrets({})).toEqual([]);
    });

    it('says 503 when it cannot be written', async () => {
      const api = await start();
      await api.addSecret({ name: 'deploy' });
      api.fail('secrets', 'updateSecret', outage);

      const answer = await api.call('operator', 'PUT', '/secrets/deploy', { body: { value: 'x' } });

      expectFailure(answer, failure(503, 'DATABASE_ERROR', /./, 'the store did not answer'));
    });
  });

  describe('DELETE /secrets/{name}', () => {
    it('answers the name', async () => {
      const api = await start();
      await api.addSecret({ name: 'deploy' });

      expectSuccess(await api.call('operator', 'DELETE', '/secrets/deploy'), 200, {
        name: 'deploy',
        message: 'Secret deleted successfully',
      });
      expectFailure(await api.call('operator', 'DELETE', '/secrets/deploy'), notFound);
    });

    it('says 503 when it cannot be deleted, and its owner stays its owner', async () => {
      const api = await start();
      await api.json('developer', 'POST', '/secrets', { body });
      api.fail('secrets', 'deleteSecret', outage);

      expectFailure(
        await api.call('developer', 'DELETE', '/secrets/deploy'),
        failure(503, 'DATABASE_ERROR', /./, 'the store did not answer'),
      );
      expect((await api.call('developer', 'GET', '/secrets/deploy')).status).toBe(200);
    });
  });

  describe('a name of only blanks', () => {
    it.each(['GET', 'PUT', 'DELETE'])('is refused by %s', async (method) => {
      const api = await start();

      expectFailure(
        await api.call('admin', method, '/secrets/%20', { body: '{}' }),
        failure(400, '-', 'invalid name', 'name is required'),
      );
    });
  });
}
