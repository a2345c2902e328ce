import { describe, expect, it } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { PendingKey } from '../contracts/index.js';
import { claimKey } from './claim-key.js';
import type { ClaimKeyDependencies } from './claim-key.js';

const pendingKey: PendingKey = {
  token: 't',
  apiKey: 'key',
  userEmail: 'new@example.com',
  createdBy: 'admin@example.com',
  createdAt: new Date('2026-01-01T10:00:00Z'),
  expiresAt: new Date('2026-01-01T10:15:00Z'),
  viewed: false,
};

function world(pending: PendingKey | undefined, now = '2026-01-01T10:05:00Z') {
  const views: unknown[] = [];
  const errors: string[] = [];
  const removed: string[] = [];
  let failures = 0;
  const dependencies: ClaimKeyDependencies = {
    pendingKeys: {
      findPendingKey: async () => pending,
      markViewed: async (_ctx, token, view) => {
        views.push([token, view]);
      },
    },
    users: {
      removeExpiry: async (_ctx, email) => {
        if (failures > 0) {
          failures -= 1;
          throw new AppError('DATABASE_ERROR', 'no answer');
        }
        removed.push(email);
      },
    },
    log: { info: () => undefined, warn: () => undefined, error: (_fields, message) => errors.push(message) },
    now: () => new Date(now),
  };
  return { views, errors, removed, dependencies, fail: (times: number) => (failures = times) };
}

describe('a claim', () => {
  it('gives the key out, notes who took it, and makes the user permanent', async () => {
    const { views, removed, dependencies } = world(pendingKey);

    expect(await claimKey(dependencies, {}, 't', '203.0.113.7')).toEqual({
      apiKey: 'key',
      userEmail: 'new@example.com',
    });
    expect(views).toEqual([['t', { at: new Date('2026-01-01T10:05:00Z'), from: '203.0.113.7' }]]);
    expect(removed).toEqual(['new@example.com']);
  });

  it.each([
    ['an unknown token', undefined, undefined, 'NOT_FOUND', 'invalid or expired token'],
    [
      'a key that was claimed',
      { ...pendingKey, viewed: true },
      undefined,
      'CONFLICT',
      'key has already been claimed',
    ],
    [
      'a key that was claimed and has expired',
      { ...pendingKey, viewed: true, apiKey: undefined },
      '2026-01-01T11:00:00Z',
      'CONFLICT',
      'key has already been claimed',
    ],
    ['an expired token', pendingKey, '2026-01-01T10:15:01.000Z', 'NOT_FOUND', 'token has expired'],
  ])('is refused for %s', async (_, pending, now, code, message) => {
    const { views, dependencies } = world(pending, now);

    await expect(claimKey(dependencies, {}, 't', '')).rejects.toMatchObject({ code, message });
    expect(views).toEqual([]);
  });

  it('works until the end of the second in which the token expires', async () => {
    const { dependencies } = world(pendingKey, '2026-01-01T10:15:00.999Z');

    expect(await claimKey(dependencies, {}, 't', '')).toMatchObject({ apiKey: 'key' });
  });

  it('tries again when the user cannot be made permanent, since nobody can claim twice', async () => {
    const { removed, errors, dependencies, fail } = world(pendingKey);
    fail(2);

    await claimKey(dependencies, {}, 't', '');

    expect(removed).toEqual(['new@example.com']);
    expect(errors).toEqual([]);
  });

  it('gives the key out all the same when that never works, and says so in the log', async () => {
    const { errors, dependencies, fail } = world(pendingKey);
    fail(99);

    expect(await claimKey(dependencies, {}, 't', '')).toMatchObject({ apiKey: 'key' });
    expect(errors).toEqual(['a claimed key still expires']);
  });
});
