import { describe, expect, it } from 'vitest';
import { expectFailure, expectSuccess, failure } from '../expectations.js';
import { type Start, emailOf } from '../harness.js';
import { outage } from '../outages.js';

const revoke = 'failed to revoke user';

/** Listing and revoking users (section 3.12 of the HTTP contract). */
export function usersContract(start: Start): void {
  describe('GET /users', () => {
    it('answers every user by e-mail, revoked ones included, with exactly the keys of the contract', async () => {
      const api = await start();
      await api.addUser({
        email: 'zoe@example.com',
        key: 'z',
        revoked: true,
        createdAt: new Date('2026-01-02T03:04:05.120Z'),
        lastUsed: new Date('2026-01-02T03:04:06.000Z'),
        createdByRequestId: 'made',
        modifiedByRequestId: 'changed',
      });

      const { users } = (await api.json('admin', 'GET', '/users')) as { users: { email: string }[] };

      expect(users.map(({ email }) => email)).toEqual([
        emailOf('admin'),
        emailOf('developer'),
        emailOf('operator'),
        emailOf('stranger'),
        emailOf('viewer'),
        'zoe@example.com',
      ]);
      expect(users[1]).toStrictEqual({
        email: emailOf('developer'),
        role: 'developer',
        created_at: '2026-03-04T05:06:07.89Z',
        revoked: false,
        created_by_request_id: '',
        modified_by_request_id: '',
      });
      expect(users[5]).toStrictEqual({
        email: 'zoe@example.com',
        role: 'viewer',
        created_at: '2026-01-02T03:04:05.12Z',
        revoked: true,
        last_used: '2026-01-02T03:04:06Z',
        created_by_request_id: 'made',
        modified_by_request_id: 'changed',
      });
    });

    it('says 503 when users cannot be listed', async () => {
      const api = await start();
      api.fail('users', 'listUsers', outage);

      expectFailure(
        await api.call('admin', 'GET', '/users'),
        failure(503, 'DATABASE_ERROR', 'failed to list users', 'the store did not answer'),
      );
    });
  });

  describe('POST /users/revoke', () => {
    it('answers 200, also when it was done before', async () => {
      const api = await start();
      const body = { email: emailOf('viewer') };

      for (let time = 0; time < 2; time += 1) {
        expectSuccess(await api.call('admin', 'POST', '/users/revoke', { body }), 200, {
          message: 'user API key revoked successfully',
          email: emailOf('viewer'),
        });
      }
      expect(await api.provider.users.findUserByEmail({}, emailOf('viewer'))).toMatchObject({
        revoked: true,
      });
    });

    it('lets the last admin revoke themselves', async () => {
      const api = await start();

      await api.json('admin', 'POST', '/users/revoke', { body: { email: emailOf('admin') } });

      expectFailure(
        await api.call('admin', 'GET', '/users'),
        failure(401, 'API_KEY_REVOKED', 'Unauthorized', 'API key has been revoked'),
      );
    });

    it.each([
      [{}, failure(400, 'INVALID_REQUEST', revoke, 'email is required')],
      [{ email: '' }, failure(400, 'INVALID_REQUEST', revoke, 'email is required')],
      [{ email: 'unknown@example.com' }, failure(404, 'NOT_FOUND', revoke, 'user not found')],
      [{ email: emailOf('viewer').toUpperCase() }, failure(404, 'NOT_FOUND', revoke, 'user not found')],
    ])('refuses %j', async (body, expected) => {
      const api = await start();

      expectFailure(await api.call('admin', 'POST', '/users/revoke', { body }), expected);
    });

    it.each(['findUserByEmail', 'revokeUser'] as const)(
      'says 503 when %s fails, and revokes nobody',
      async (method) => {
        const api = await start();
        api.fail('users', method, outage);

        expectFailure(
          await api.call('admin', 'POST', '/users/revoke', { body: { email: emailOf('viewer') } }),
          failure(503, 'DATABASE_ERROR', revoke, 'the store did not answer'),
        );
        expect((await api.call('viewer', 'GET', '/executions')).status).toBe(200);
      },
    );
  });
}
