import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/contracts/index.js';
import { expectFailure, expectSuccess, failure, requestId, subSeconds } from '../expectations.js';
import { type Start, emailOf } from '../harness.js';
import { outage } from '../outages.js';

const notFound = failure(404, 'SECRET_NOT_FOUND', 'secret not found', 'secret not found');

/** Creating and listing secrets (section 3.10 of the HTTP contract). */
export function secretsContract(start: Start): void {
  const body = { name: 'deploy', key_name: 'DEPLOY_KEY', value: 'planted-value', description: 'for deploys' };

  describe('POST /secrets', () => {
    it('answers 201 with a message and nothing else', async () => {
      const api = await start();

      const answer = await api.call('developer', 'POST', '/secrets', { body });

      expectSuccess(answer, 201, { message: 'Secret created successfully' });
    });

    it('records who made it and when, the last change being the creation', async () => {
      const api = await start();

      await api.json('developer', 'POST', '/secrets', { body });

      expect(await api.json('developer', 'GET', '/secrets/deploy')).toStrictEqual({
        secret: {
          name: 'deploy',
          key_name: 'DEPLOY_KEY',
          description: 'for deploys',
          value: 'planted-value',
          created_by: emailOf('developer'),
          updated_by: emailOf('developer'),
          owned_by: [emailOf('developer')],
          created_at: '2026-03-04T05:06:07.89Z',
          updated_at: '2026-03-04T05:06:07.89Z',
          created_by_request_id: requestId,
          modified_by_request_id: requestId,
        },
      });
    });

    const others = start.backend.secretsAreParameters ? [] : ['with space', 'a%2Fb', 'ünï'];

    it.each([...others, '__proto__', 'constructor'])('takes the name %s as it is', async (name) => {
      const api = await start();

      await api.json('admin', 'POST', '/secrets', { body: { ...body, name } });

      const path = name === 'a%2Fb' ? name : encodeURIComponent(name);
      expect(await api.json('admin', 'GET', `/secrets/${path}`)).toMatchObject({ secret: { name } });
      await api.json('admin', 'DELETE', `/secrets/${path}`);
      expectFailure(await api.call('admin', 'GET', `/secrets/${path}`), notFound);
    });

    it.skipIf(start.backend.secretsAreParameters)(
      'omits an empty description and an empty value',
      async () => {
        const api = await start();
        await api.json('admin', 'POST', '/secrets', { body: { name: 'empty', key_name: 'E' } });

        const { secret } = (await api.json('admin', 'GET', '/secrets/empty')) as { secret: object };

        expect(secret).not.toHaveProperty('description');
        expect(secret).not.toHaveProperty('value');
      },
    );

    it('answers 409 for a name that exists and leaves the old secret alone', async () => {
      const api = await start();
      await api.json('developer', 'POST', '/secrets', { body });

      expectFailure(
        await api.call('stranger', 'POST', '/secrets', { body: { ...body, value: 'stolen', key_name: 'X' } }),
        failure(409, 'SECRET_ALREADY_EXISTS', 'secret already exists', 'secret already exists'),
      );
      expect(await api.json('developer', 'GET', '/secrets/deploy')).toMatchObject({
        secret: { value: 'planted-value', key_name: 'DEPLOY_KEY', owned_by: [emailOf('developer')] },
      });
      expect((await api.call('stranger', 'GET', '/secrets/deploy')).status).toBe(403);
    });

    it('says 400 for what the store cannot hold', async () => {
      const api = await start();
      api.fail('secrets', 'createSecret', new AppError('INVALID_REQUEST', 'the name is too long'));

      expectFailure(
        await api.call('admin', 'POST', '/secrets', { body }),
        failure(400, 'INVALID_REQUEST', 'the name is too long', 'the name is too long'),
      );
    });

    it('shows the value neither in the answer nor in the log when it fails', async () => {
      const api = await start();
      api.fail(
        'secrets',
        'createSecret',
        new AppError('DATABASE_ERROR', 'failed to store secret', { cause: new Error('planted-cause') }),
      );

      const answer = await api.call('admin', 'POST', '/secrets', { body });

      expect(answer.status).toBe(503);
      expect(answer.text).not.toMatch(/planted/);
      expect(api.logText()).not.toContain('planted-value');
    });
  });

  describe('GET /secrets', () => {
    it('answers an empty list, not null', async () => {
      const api = await start();

      expect(await api.json('operator', 'GET', '/secrets')).toStrictEqual({ secrets: [], total: 0 });
    });

    it('carries no values', async () => {
      const api = await start();
      await api.json('admin', 'POST', '/secrets', { body });
      await api.json('admin', 'POST', '/secrets', { body: { ...body, name: 'another', description: '' } });

      // Even from a store that hands values out.
      api.replace(
        'secrets',
        'listSecrets',
        (original) => async (ctx) =>
          (await original(ctx)).map((secret) => ({ ...secret, value: 'planted-value' })),
      );

      const answer = await api.call('operator', 'GET', '/secrets');

      expect(answer.text).not.toContain('planted-value');
      const { secrets, total } = JSON.parse(answer.text) as { secrets: { name: string }[]; total: number };
      expect(total).toBe(2);
      expect(secrets.find(({ name }) => name === 'deploy')).toStrictEqual({
        name: 'deploy',
        key_name: 'DEPLOY_KEY',
        description: 'for deploys',
        created_by: emailOf('admin'),
        updated_by: emailOf('admin'),
        owned_by: [emailOf('admin')],
        created_at: subSeconds,
        updated_at: subSeconds,
        created_by_request_id: requestId,
        modified_by_request_id: requestId,
      });
      expect(secrets.find(({ name }) => name === 'another')).not.toHaveProperty('description');
    });

    it('says 503 when secrets cannot be listed', async () => {
      const api = await start();
      api.fail('secrets', 'listSecrets', outage);

      const answer = await api.call('operator', 'GET', '/secrets');

      expectFailure(answer, failure(503, 'DATABASE_ERROR', /./, 'the store did not answer'));
      expect(answer.text).not.toContain('planted');
    });
  });
}
