import { describe, expect, it } from 'vitest';

import type { PendingKey, PendingKeyRepository } from '../../src/contracts/index.js';
import { expectAppError } from './expect-app-error.js';

const ctx = { requestId: 'request-1' };
const time = (text: string): Date => new Date(`2026-01-01T${text}Z`);

type UnclaimedKey = PendingKey & { readonly apiKey: string };

function pendingKey(token: string, more: Partial<UnclaimedKey> = {}): UnclaimedKey {
  return {
    token,
    apiKey: `key of ${token}`,
    userEmail: 'bob@example.com',
    createdBy: 'ada@example.com',
    createdAt: time('00:00:00'),
    expiresAt: time('00:15:00'),
    viewed: false,
    ...more,
  };
}

/** What every {@link PendingKeyRepository} promises. `make` gives an empty one. */
export function pendingKeyRepositoryContract(name: string, make: () => Promise<PendingKeyRepository>): void {
  const makeWith = async (...keys: UnclaimedKey[]): Promise<PendingKeyRepository> => {
    const repository = await make();
    for (const key of keys) await repository.createPendingKey(ctx, key);
    return repository;
  };
  const view = { at: time('00:05:00'), from: '127.0.0.1' };

  describe(`pending key repository: ${name}`, () => {
    it('gives back a key that waits', async () => {
      const waiting = pendingKey('token-1', { apiKey: 'ünïcode 😀 "quoted"' });
      const repository = await makeWith(waiting, pendingKey('token-2'));

      expect(await repository.findPendingKey(ctx, 'token-1')).toEqual(waiting);
    });

    it('finds nothing under an unknown token', async () => {
      expect(await (await make()).findPendingKey(ctx, 'nope')).toBeUndefined();
    });

    it('wipes the key when it is viewed, and keeps who viewed it', async () => {
      const repository = await makeWith(pendingKey('token-1'), pendingKey('token-2'));

      await repository.markViewed(ctx, 'token-1', view);

      expect(await repository.findPendingKey(ctx, 'token-1')).toEqual({
        ...pendingKey('token-1'),
        apiKey: undefined,
        viewed: true,
        viewedAt: view.at,
        viewedFrom: '127.0.0.1',
      });
      expect((await repository.findPendingKey(ctx, 'token-2'))?.apiKey).toBe('key of token-2');
    });

    it('lets exactly one of several claims through', async () => {
      const repository = await makeWith(pendingKey('token-1'));

      const claims = await Promise.allSettled(
        ['a', 'b', 'c'].map((from) => repository.markViewed(ctx, 'token-1', { ...view, from })),
      );

      expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const winner = ['a', 'b', 'c'][claims.findIndex(({ status }) => status === 'fulfilled')];
      expect((await repository.findPendingKey(ctx, 'token-1'))?.viewedFrom).toBe(winner);
    });

    it('says that a key is gone or was never there', async () => {
      const message = 'pending key already viewed or does not exist';
      const repository = await makeWith(pendingKey('token-1'));
      await repository.markViewed(ctx, 'token-1', view);

      await expectAppError(repository.markViewed(ctx, 'token-1', view), 'CONFLICT', message);
      await expectAppError(repository.markViewed(ctx, 'nope', view), 'CONFLICT', message);
      expect(await repository.findPendingKey(ctx, 'nope')).toBeUndefined();
    });

    it('deletes keys whose last second has passed', async () => {
      const repository = await makeWith(
        pendingKey('past', { expiresAt: time('00:14:59') }),
        pendingKey('last-second', { expiresAt: time('00:15:00') }),
      );

      await repository.deleteExpiredPendingKeys(ctx, time('00:15:00'));

      expect(await repository.findPendingKey(ctx, 'past')).toBeUndefined();
      expect(await repository.findPendingKey(ctx, 'last-second')).toBeDefined();
    });

    it('marks nothing for a request that is over', async () => {
      const repository = await makeWith(pendingKey('token-1'));

      const marking = repository.markViewed({ signal: AbortSignal.abort() }, 'token-1', view);

      await expect(marking).rejects.toThrow();
      expect(await repository.findPendingKey(ctx, 'token-1')).toEqual(pendingKey('token-1'));
    });
  });
}
