import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/contracts/index.js';
import { expectFailure, expectSuccess, failure } from '../expectations.js';
import { type Api, type Start, emailOf, toSecond } from '../harness.js';
import { outage } from '../outages.js';

const error = 'failed to claim API key';

/** The claim flow (sections 2.4 and 3.13 of the HTTP contract). */
export function claimsContract(start: Start): void {
  const invite = async (api: Api, body: object = {}): Promise<string> => {
    const created = (await api.json('admin', 'POST', '/users/create', {
      body: { email: 'new@example.com', role: 'viewer', ...body },
    })) as { claim_token: string };
    return created.claim_token;
  };

  it('gives the key once, and the key then works', async () => {
    const api = await start();
    const token = await invite(api);

    const answer = await api.call('nobody', 'GET', `/claim/${token}`);

    expectSuccess(answer, 200, {
      api_key: expect.stringMatching(/^[A-Za-z0-9_-]{32}$/) as string,
      user_email: 'new@example.com',
      message: 'API key claimed successfully',
    });
    const { api_key } = JSON.parse(answer.text) as { api_key: string };
    const asNew = { headers: { 'X-API-Key': api_key } };
    expect((await api.call('nobody', 'GET', '/executions', asNew)).status).toBe(200);
    expect((await api.provider.users.findUserByEmail({}, 'new@example.com'))?.expiresAt).toBeUndefined();
  });

  it('gives the key that the creator chose', async () => {
    const api = await start();
    const token = await invite(api, { api_key: 'k<&>"ü' });

    expect(await api.json('nobody', 'GET', `/claim/${token}`)).toMatchObject({ api_key: 'k<&>"ü' });
  });

  it('does not mind an empty key header', async () => {
    const api = await start();
    const token = await invite(api);

    const answer = await api.call('nobody', 'GET', `/claim/${token}`, { headers: { 'X-API-Key': '' } });

    expect(answer.status).toBe(200);
  });

  it.each([
    [{ 'X-Forwarded-For': ' 203.0.113.7 , 10.0.0.1', 'X-Real-IP': '198.51.100.1' }, '203.0.113.7'],
    [{ 'X-Real-IP': '198.51.100.1' }, '198.51.100.1'],
    [{}, /^(::ffff:)?127\.0\.0\.1$/],
  ])('notes who claimed: %j', async (headers, address) => {
    const api = await start();
    const token = await invite(api);

    await api.json('nobody', 'GET', `/claim/${token}`, { headers });

    const kept = await api.provider.pendingKeys.findPendingKey({}, token);
    expect(kept).toMatchObject({
      viewed: true,
      viewedFrom: typeof address === 'string' ? address : (expect.stringMatching(address) as string),
    });
    expect(toSecond(kept?.viewedAt ?? new Date(0))).toEqual(toSecond(api.now()));
  });

  it('wipes the key when it is claimed', async () => {
    const api = await start();
    const token = await invite(api);
    const { api_key } = (await api.json('nobody', 'GET', `/claim/${token}`)) as { api_key: string };

    const kept = await api.provider.pendingKeys.findPendingKey({}, token);

    expect(kept?.apiKey).toBeUndefined();
    expect(JSON.stringify(kept)).not.toContain(api_key);
  });

  describe('a key that nobody gets', () => {
    it('has an unknown token', async () => {
      const api = await start();

      expectFailure(
        await api.call('nobody', 'GET', '/claim/unknown'),
        failure(404, 'NOT_FOUND', error, 'invalid or expired token'),
      );
    });

    it('has been claimed, even when its time is over too', async () => {
      const api = await start();
      const token = await invite(api);
      await api.json('nobody', 'GET', `/claim/${token}`);
      const claimed = failure(409, 'CONFLICT', error, 'key has already been claimed');

      expectFailure(await api.call('nobody', 'GET', `/claim/${token}`), claimed);
      api.setTime(new Date(api.now().getTime() + 902_000));
      // The record may have been deleted by now, as storage expiry does.
      const late = await api.call('nobody', 'GET', `/claim/${token}`);
      if (late.status === 404)
        expectFailure(late, failure(404, 'NOT_FOUND', error, 'invalid or expired token'));
      else expectFailure(late, claimed);
    });

    it('has a token of only blanks', async () => {
      const api = await start();

      expectFailure(
        await api.call('nobody', 'GET', '/claim/%20%20'),
        failure(400, '-', 'invalid token', 'token is required'),
      );
    });

    it('is one of many claims at the same time: one gets it, the others 409', async () => {
      const api = await start();
      const token = await invite(api);

      const answers = await Promise.all(
        Array.from({ length: 8 }, () => api.call('nobody', 'GET', `/claim/${token}`)),
      );

      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(409)]);
    });

    it('lost the race', async () => {
      const api = await start();
      const token = await invite(api);
      api.fail(
        'pendingKeys',
        'markViewed',
        new AppError('CONFLICT', 'pending key already viewed or does not exist'),
      );

      expectFailure(
        await api.call('nobody', 'GET', `/claim/${token}`),
        failure(409, 'CONFLICT', error, 'pending key already viewed or does not exist'),
      );
    });
  });

  it('works in the final second, and not in the next', async () => {
    const api = await start();
    const inTime = await invite(api);
    const late = await invite(api, { email: 'late@example.com' });
    const lastSecond = Math.floor((api.now().getTime() + 900_000) / 1000) * 1000;

    api.setTime(new Date(lastSecond + 999));
    expect((await api.call('nobody', 'GET', `/claim/${inTime}`)).status).toBe(200);
    api.setTime(new Date(lastSecond + 1000));
    expectFailure(
      await api.call('nobody', 'GET', `/claim/${late}`),
      failure(404, 'NOT_FOUND', error, /^(token has expired|invalid or expired token)$/),
    );
  });

  it('says that the token has expired while its record is still there', async () => {
    const api = await start();
    const past = new Date(api.now().getTime() - 5_000);
    await api.addUser({ email: 'old@example.com', key: 'old', expiresAt: past });
    await api.provider.pendingKeys.createPendingKey(
      {},
      {
        token: 'old-token',
        apiKey: 'old',
        userEmail: 'old@example.com',
        createdBy: emailOf('admin'),
        createdAt: past,
        expiresAt: past,
        viewed: false,
      },
    );

    const answer = await api.call('nobody', 'GET', '/claim/old-token');

    expectFailure(answer, failure(404, 'NOT_FOUND', error, 'token has expired'));
    expect(answer.text).not.toContain('"old"');
  });

  it.each(['findPendingKey', 'markViewed'] as const)('says 503 when %s fails', async (method) => {
    const api = await start();
    const token = await invite(api);
    api.fail(
      'pendingKeys',
      method,
      new AppError('DATABASE_ERROR', 'the store did not answer', { cause: new Error('planted-cause') }),
    );

    expectFailure(
      await api.call('nobody', 'GET', `/claim/${token}`),
      failure(503, 'DATABASE_ERROR', error, 'the store did not answer'),
    );
  });

  it('makes the key work although the expiry of the user could not be removed at first', async () => {
    const api = await start();
    const token = await invite(api, { api_key: 'chosen-key-chosen-key' });
    let attempts = 0;
    api.replace('users', 'removeExpiry', (original) => async (...parameters) => {
      attempts += 1;
      if (attempts === 1) throw outage;
      await original(...parameters);
    });

    await api.json('nobody', 'GET', `/claim/${token}`);

    const asNew = { headers: { 'X-API-Key': 'chosen-key-chosen-key' } };
    expect((await api.call('nobody', 'GET', '/executions', asNew)).status).toBe(200);
  });

  it('answers all the same when the expiry of the user cannot be removed', async () => {
    const api = await start();
    const token = await invite(api);
    api.fail('users', 'removeExpiry', new AppError('DATABASE_ERROR', 'the store did not answer'));

    expect((await api.call('nobody', 'GET', `/claim/${token}`)).status).toBe(200);
  });
}
