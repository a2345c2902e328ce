import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/contracts/index.js';
import { expectFailure, failure } from '../expectations.js';
import { type Start, emailOf, keyOf } from '../harness.js';

const protectedRoutes: readonly (readonly [string, string])[] = [
  ['POST', '/health/reconcile'],
  ['POST', '/run'],
  ['GET', '/executions'],
  ['GET', '/executions/x/status'],
  ['GET', '/executions/x/logs'],
  ['DELETE', '/executions/x'],
  ['POST', '/images/register'],
  ['GET', '/images'],
  ['GET', '/images/a/b:c'],
  ['DELETE', '/images/a/b:c'],
  ['GET', '/trace/x'],
  ['GET', '/users'],
  ['POST', '/users/create'],
  ['POST', '/users/revoke'],
  ['GET', '/secrets'],
  ['POST', '/secrets'],
  ['GET', '/secrets/x'],
  ['PUT', '/secrets/x'],
  ['DELETE', '/secrets/x'],
];

/** Who is let in, and what the others are told (section 2.1 of the HTTP contract). */
export function authenticationContract(start: Start): void {
  describe.each(protectedRoutes)('%s %s', (method, path) => {
    it('wants a key', async () => {
      const api = await start();
      const missing = failure(401, '-', 'Unauthorized', 'API key is required');

      expectFailure(await api.call('nobody', method, path), missing);
      expectFailure(await api.call('nobody', method, path, { headers: { 'X-API-Key': '' } }), missing);
      expectFailure(
        await api.call('nobody', method, path, { headers: { Authorization: `Bearer ${keyOf('admin')}` } }),
        missing,
      );
    });

    it('wants a known key', async () => {
      const api = await start();

      for (const key of ['unknown', `${keyOf('admin')}x`, keyOf('admin').toUpperCase()]) {
        expectFailure(
          await api.call('nobody', method, path, { headers: { 'X-API-Key': key } }),
          failure(401, 'INVALID_API_KEY', 'Unauthorized', 'Invalid API key'),
        );
      }
    });

    it('wants a key that is not revoked', async () => {
      const api = await start();
      await api.provider.users.revokeUser({}, emailOf('admin'));

      expectFailure(
        await api.call('admin', method, path),
        failure(401, 'API_KEY_REVOKED', 'Unauthorized', 'API key has been revoked'),
      );
    });

    it('says 503 when users cannot be read', async () => {
      const api = await start();
      api.fail(
        'users',
        'findUserByApiKeyHash',
        new AppError('DATABASE_ERROR', 'failed to get user by API key hash', {
          cause: new Error('SQLITE_IOERR: disk I/O error in /planted/path'),
        }),
      );

      expectFailure(
        await api.call('admin', method, path),
        failure(503, 'DATABASE_ERROR', 'Server error', 'failed to get user by API key hash'),
      );
    });

    it('says 500 without the text of an error that nobody classified', async () => {
      const api = await start();
      api.fail('users', 'findUserByApiKeyHash', new TypeError('planted-internal-text'));

      const answer = await api.call('admin', method, path);

      expect(answer.status).toBe(500);
      expect(JSON.parse(answer.text)).toMatchObject({ error: 'Server error' });
      expect(JSON.parse(answer.text)).not.toHaveProperty('code');
      expect(answer.text).not.toContain('planted-internal-text');
    });
  });

  it('does not let in a user who has not claimed their key, nor one whose time to claim it is over', async () => {
    const api = await start();
    const expiresAt = new Date(api.now().getTime() + 900_000);
    await api.addUser({ email: 'unclaimed@example.com', role: 'admin', key: 'unclaimed-key', expiresAt });
    const asUnclaimed = { headers: { 'X-API-Key': 'unclaimed-key' } };
    const refused = failure(401, 'INVALID_API_KEY', 'Unauthorized', 'Invalid API key');

    expectFailure(await api.call('nobody', 'GET', '/users', asUnclaimed), refused);
    api.setTime(new Date(expiresAt.getTime() + 2_000));
    expectFailure(await api.call('nobody', 'GET', '/users', asUnclaimed), refused);
  });

  it('lets a key be used at once when it is claimed', async () => {
    const api = await start();
    const { claim_token } = (await api.json('admin', 'POST', '/users/create', {
      body: { email: 'new@example.com', role: 'operator', api_key: 'chosen-by-the-creator' },
    })) as { claim_token: string };
    const asNew = { headers: { 'X-API-Key': 'chosen-by-the-creator' } };

    expect((await api.call('nobody', 'GET', '/images', asNew)).status).toBe(401);
    await api.json('nobody', 'GET', `/claim/${claim_token}`);

    expect((await api.call('nobody', 'GET', '/images', asNew)).status).toBe(200);
  });

  it('stops a key at the very next request after it was revoked', async () => {
    const api = await start();
    expect((await api.call('viewer', 'GET', '/executions')).status).toBe(200);

    await api.json('admin', 'POST', '/users/revoke', { body: { email: emailOf('viewer') } });

    expect((await api.call('viewer', 'GET', '/executions')).status).toBe(401);
  });

  describe('the last use of a key', () => {
    it('is noted after a success and after a refusal, and leaves the request IDs alone', async () => {
      const api = await start();

      await api.call('viewer', 'GET', '/executions');
      await api.call('developer', 'GET', '/users');

      for (const person of ['viewer', 'developer'] as const) {
        await vi.waitFor(async () => {
          expect(await api.provider.users.findUserByEmail({}, emailOf(person))).toMatchObject({
            lastUsed: api.now(),
            modifiedByRequestId: '',
          });
        });
      }
    });

    it('is not waited for', async () => {
      const api = await start();
      api.replace('users', 'recordLastUsed', () => () => new Promise(() => undefined));

      expect((await api.call('viewer', 'GET', '/executions')).status).toBe(200);
    });

    it('may fail without anybody noticing', async () => {
      const api = await start();
      api.fail('users', 'recordLastUsed', new AppError('DATABASE_ERROR', 'failed to update last used'));

      expect((await api.call('viewer', 'GET', '/executions')).status).toBe(200);
      expect((await api.call('viewer', 'GET', '/executions')).status).toBe(200);
    });
  });
}
