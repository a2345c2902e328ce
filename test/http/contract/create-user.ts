import { describe, expect, it } from 'vitest';
import { expectFailure, expectSuccess, failure, requestId, subSeconds } from '../expectations.js';
import { type Start, emailOf, hashOfKey, keyOf } from '../harness.js';
import { outage } from '../outages.js';

const create = 'failed to create user';

/** Creating users (section 3.12 of the HTTP contract). */
export function createUserContract(start: Start): void {
  describe('POST /users/create', () => {
    it('answers 201 with the user and a token, and neither with the key', async () => {
      const api = await start();

      const answer = await api.call('admin', 'POST', '/users/create', {
        body: { email: 'new@example.com', role: 'developer', api_key: 'chosen-key' },
      });

      expectSuccess(answer, 201, {
        user: {
          email: 'new@example.com',
          role: 'developer',
          created_at: subSeconds,
          revoked: false,
          created_by_request_id: requestId,
          modified_by_request_id: requestId,
        },
        claim_token: expect.stringMatching(/^[A-Za-z0-9_-]{32}$/) as string,
      });
      expect(answer.text).not.toContain('chosen-key');
    });

    it('keeps the user and the key for fifteen minutes, under the ID of the request', async () => {
      const api = await start();
      const { user, claim_token } = (await api.json('admin', 'POST', '/users/create', {
        body: { email: 'new@example.com', role: 'viewer', api_key: 'chosen-key' },
      })) as { user: { created_by_request_id: string }; claim_token: string };
      const expiresAt = new Date(Math.floor((api.now().getTime() + 900_000) / 1000) * 1000);

      expect(await api.provider.users.findUserByEmail({}, 'new@example.com')).toMatchObject({
        apiKeyHash: hashOfKey('chosen-key'),
        expiresAt,
        createdByRequestId: user.created_by_request_id,
      });
      expect(await api.provider.pendingKeys.findPendingKey({}, claim_token)).toMatchObject({
        apiKey: 'chosen-key',
        userEmail: 'new@example.com',
        createdBy: emailOf('admin'),
        expiresAt,
        viewed: false,
      });
    });

    it.each([
      ['no e-mail', {}, 'email is required'],
      ['an empty e-mail', { email: '', role: 'viewer' }, 'email is required'],
      ['an e-mail that is null', { email: null, role: 'viewer' }, 'email is required'],
      ['no address', { email: 'nobody', role: 'viewer' }, /./],
      ['half an address', { email: 'a@', role: 'viewer' }, /./],
      ['two addresses', { email: 'a@b.c, d@e.f', role: 'viewer' }, /./],
      ['no role', { email: 'a@example.com' }, 'role is required'],
      ['an empty role', { email: 'a@example.com', role: '' }, 'role is required'],
      [
        'an unknown role',
        { email: 'a@example.com', role: 'root' },
        'invalid role, must be one of: admin, operator, developer, viewer',
      ],
      [
        'a role in capitals',
        { email: 'a@example.com', role: 'Admin' },
        'invalid role, must be one of: admin, operator, developer, viewer',
      ],
      [
        'a role that every object has',
        { email: 'a@example.com', role: 'constructor' },
        'invalid role, must be one of: admin, operator, developer, viewer',
      ],
    ])('refuses %s', async (_, body, details) => {
      const api = await start();
      const before = await api.provider.users.listUsers({});

      expectFailure(
        await api.call('admin', 'POST', '/users/create', { body }),
        failure(400, 'INVALID_REQUEST', create, details),
      );
      expect((await api.provider.users.listUsers({})).map(({ email }) => email)).toEqual(
        before.map(({ email }) => email),
      );
    });

    it('checks the e-mail before the role, and both before it looks anybody up', async () => {
      const api = await start();
      const body = { email: 'nobody', role: 'root' };

      const answer = await api.call('admin', 'POST', '/users/create', { body });

      expect(answer.text).not.toContain('role');
      expect(api.calls('users', 'findUserByEmail')).toEqual([]);
      expect(api.calls('users', 'createUser')).toEqual([]);
    });

    it('keeps a display name as it was sent', async () => {
      const api = await start();
      const email = 'Alice <alice@example.com>';

      expect(
        await api.json('admin', 'POST', '/users/create', { body: { email, role: 'viewer' } }),
      ).toMatchObject({
        user: { email },
      });
    });

    it.each([false, true])('refuses an e-mail that exists (revoked: %s)', async (revoked) => {
      const api = await start();
      if (revoked) await api.provider.users.revokeUser({}, emailOf('viewer'));

      expectFailure(
        await api.call('admin', 'POST', '/users/create', {
          body: { email: emailOf('viewer'), role: 'admin' },
        }),
        failure(409, 'CONFLICT', create, 'user with this email already exists'),
      );
    });

    it('answers 409 for a key that somebody has, and does not show the key', async () => {
      const api = await start();

      const answer = await api.call('admin', 'POST', '/users/create', {
        body: { email: 'new@example.com', role: 'viewer', api_key: keyOf('operator') },
      });

      expectFailure(answer, failure(409, 'CONFLICT', create));
      expect(answer.text).not.toContain(keyOf('operator'));
      expect(await api.provider.users.findUserByEmail({}, 'new@example.com')).toBeUndefined();
    });

    it('says 503 when the user cannot be stored', async () => {
      const api = await start();
      api.fail('users', 'createUser', outage);

      expectFailure(
        await api.call('admin', 'POST', '/users/create', {
          body: { email: 'new@example.com', role: 'viewer' },
        }),
        failure(503, 'DATABASE_ERROR', create, 'the store did not answer'),
      );
    });

    it('says 503 and revokes the new user when their key cannot be kept', async () => {
      const api = await start();
      api.fail('pendingKeys', 'createPendingKey', outage);

      expectFailure(
        await api.call('admin', 'POST', '/users/create', {
          body: { email: 'new@example.com', role: 'admin', api_key: 'chosen-key' },
        }),
        failure(503, 'DATABASE_ERROR', create, 'the store did not answer'),
      );
      expect(await api.provider.users.findUserByEmail({}, 'new@example.com')).toMatchObject({
        revoked: true,
      });
      const asNew = { headers: { 'X-API-Key': 'chosen-key' } };
      expect((await api.call('nobody', 'GET', '/executions', asNew)).status).toBe(401);
    });
  });
}
