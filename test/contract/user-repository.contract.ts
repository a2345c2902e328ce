import { describe, expect, it } from 'vitest';

import type { User, UserRepository } from '../../src/contracts/index.js';
import { expectAppError } from './expect-app-error.js';

const ctx = { requestId: 'request-1' };
const time = (text: string): Date => new Date(`2026-01-01T${text}Z`);

function user(email: string, more: Partial<User> = {}): User {
  return {
    email,
    role: 'developer',
    apiKeyHash: `hash of ${email}`,
    createdAt: time('00:00:00.123'),
    revoked: false,
    createdByRequestId: 'request-1',
    modifiedByRequestId: 'request-1',
    ...more,
  };
}

/** What every {@link UserRepository} promises. `make` gives an empty one. */
export function userRepositoryContract(name: string, make: () => Promise<UserRepository>): void {
  const makeWith = async (...users: User[]): Promise<UserRepository> => {
    const repository = await make();
    for (const each of users) await repository.createUser(ctx, each);
    return repository;
  };

  describe(`user repository: ${name}`, () => {
    it('gives back everything, to the millisecond', async () => {
      const ada = user('ada@example.com', {
        role: 'admin',
        lastUsed: time('01:02:03.456'),
        revoked: true,
        expiresAt: time('00:15:00'),
        createdByRequestId: 'request-2',
        modifiedByRequestId: '',
      });
      const repository = await makeWith(ada);

      expect(await repository.findUserByEmail(ctx, 'ada@example.com')).toEqual(ada);
      expect(await repository.findUserByApiKeyHash(ctx, 'hash of ada@example.com')).toEqual(ada);
    });

    it('finds nobody by a text that is not quite theirs', async () => {
      const repository = await makeWith(user('ada@example.com'));

      expect(await repository.findUserByEmail(ctx, 'ADA@example.com')).toBeUndefined();
      expect(await repository.findUserByEmail(ctx, '')).toBeUndefined();
      expect(await repository.findUserByApiKeyHash(ctx, 'hash of')).toBeUndefined();
    });

    it('refuses a taken e-mail and leaves its user alone', async () => {
      const ada = user('ada@example.com');
      const repository = await makeWith(ada);

      const again = user('ada@example.com', { apiKeyHash: 'another', role: 'admin' });
      await expectAppError(repository.createUser(ctx, again), 'CONFLICT');

      expect(await repository.listUsers(ctx)).toEqual([ada]);
    });

    it('refuses a taken key and leaves its user alone', async () => {
      const ada = user('ada@example.com');
      const repository = await makeWith(ada);

      const bob = user('bob@example.com', { apiKeyHash: ada.apiKeyHash });
      await expectAppError(repository.createUser(ctx, bob), 'CONFLICT');

      expect(await repository.listUsers(ctx)).toEqual([ada]);
    });

    it('lists everybody by e-mail, revoked ones included', async () => {
      const users = [user('a@example.com'), user('b@example.com', { revoked: true }), user('c@example.com')];
      const [a, b, c] = users as [User, User, User];
      const repository = await makeWith(c, a, b);

      expect(await repository.listUsers(ctx)).toEqual([a, b, c]);
    });

    it('lists the users that a request created or last changed', async () => {
      const created = user('a@example.com', { createdByRequestId: 'request-2' });
      const changed = user('b@example.com', { modifiedByRequestId: 'request-2' });
      const repository = await makeWith(created, changed, user('c@example.com'));

      const found = await repository.listUsersByRequestId(ctx, 'request-2');

      expect(found.map(({ email }) => email).sort()).toEqual(['a@example.com', 'b@example.com']);
      expect(await repository.listUsersByRequestId(ctx, 'request-3')).toEqual([]);
    });

    it('notes the last use and leaves everything else alone', async () => {
      const ada = user('ada@example.com');
      const repository = await makeWith(ada);

      await repository.recordLastUsed({ requestId: 'request-2' }, ada.email, time('05:00:00.5'));

      const expected = { ...ada, lastUsed: time('05:00:00.5') };
      expect(await repository.findUserByEmail(ctx, ada.email)).toEqual(expected);
    });

    it('takes a use by somebody unknown for no error, and makes no user of it', async () => {
      const repository = await make();

      await repository.recordLastUsed(ctx, 'nobody@example.com', time('05:00:00'));

      expect(await repository.listUsers(ctx)).toEqual([]);
    });

    it('revokes a user, again without an error', async () => {
      const repository = await makeWith(user('ada@example.com'), user('bob@example.com'));

      await repository.revokeUser(ctx, 'ada@example.com');
      await repository.revokeUser(ctx, 'ada@example.com');

      expect((await repository.listUsers(ctx)).map(({ revoked }) => revoked)).toEqual([true, false]);
    });

    it('makes a user permanent', async () => {
      const repository = await makeWith(user('ada@example.com', { expiresAt: time('00:15:00') }));

      await repository.removeExpiry(ctx, 'ada@example.com');

      expect((await repository.findUserByEmail(ctx, 'ada@example.com'))?.expiresAt).toBeUndefined();
      expect(await repository.deleteExpiredUsers(ctx, time('23:00:00'))).toEqual([]);
    });

    it('knows nobody to revoke or to make permanent under an unknown e-mail', async () => {
      const repository = await make();

      await expectAppError(repository.revokeUser(ctx, 'nobody'), 'NOT_FOUND', 'user not found');
      await expectAppError(repository.removeExpiry(ctx, 'nobody'), 'NOT_FOUND', 'user not found');
      expect(await repository.listUsers(ctx)).toEqual([]);
    });

    it('deletes those whose last second has passed, and says who they were', async () => {
      const repository = await makeWith(
        user('past@example.com', { expiresAt: time('00:14:59') }),
        user('last-second@example.com', { expiresAt: time('00:15:00') }),
        user('later@example.com', { expiresAt: time('00:15:01') }),
        user('permanent@example.com'),
      );

      const deleted = await repository.deleteExpiredUsers(ctx, time('00:15:00'));

      expect(deleted).toEqual(['past@example.com']);
      expect((await repository.listUsers(ctx)).map(({ email }) => email)).toEqual([
        'last-second@example.com',
        'later@example.com',
        'permanent@example.com',
      ]);
    });

    it('creates nobody for a request that is over', async () => {
      const repository = await make();

      const creating = repository.createUser({ signal: AbortSignal.abort() }, user('ada@example.com'));

      await expect(creating).rejects.toThrow();
      expect(await repository.listUsers(ctx)).toEqual([]);
    });
  });
}
