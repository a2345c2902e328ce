import { describe, expect, it } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { User } from '../contracts/index.js';
import { hashApiKey } from './api-key.js';
import { createFirstAdmin } from './create-first-admin.js';
import type { CreateFirstAdminDependencies } from './create-first-admin.js';

function world(create: (user: User) => void = () => undefined) {
  const users: User[] = [];
  const dependencies: CreateFirstAdminDependencies = {
    users: {
      listUsers: async () => [...users],
      createUser: async (_ctx, user) => {
        create(user);
        users.push(user);
      },
    },
    now: () => new Date('2026-01-01T10:00:00Z'),
    randomBytes: (size) => Buffer.alloc(size, 1),
  };
  return { users, dependencies };
}

describe('the first admin', () => {
  it('is made while there is nobody, with a random key and for ever', async () => {
    const { users, dependencies } = world();

    const admin = await createFirstAdmin(dependencies, {}, { email: 'admin@localhost' });

    expect(admin).toMatchObject({ email: 'admin@localhost', isGenerated: true });
    expect(users).toMatchObject([
      { role: 'admin', revoked: false, createdByRequestId: '', modifiedByRequestId: '' },
    ]);
    expect(users[0]?.expiresAt).toBeUndefined();
    expect(users[0]?.apiKeyHash).toBe(hashApiKey(admin?.apiKey ?? ''));
  });

  it("may have a key of somebody else's choice", async () => {
    const { dependencies } = world();

    expect(await createFirstAdmin(dependencies, {}, { email: 'a@b', apiKey: 'chosen' })).toEqual({
      email: 'a@b',
      apiKey: 'chosen',
      isGenerated: false,
    });
  });

  it('is made once', async () => {
    const { users, dependencies } = world();
    await createFirstAdmin(dependencies, {}, { email: 'a@b' });

    expect(await createFirstAdmin(dependencies, {}, { email: 'c@d', apiKey: 'k' })).toBeUndefined();
    expect(users).toHaveLength(1);
  });

  it('is left to another instance that was faster', async () => {
    const { dependencies } = world(() => {
      throw new AppError('CONFLICT', 'user already exists');
    });

    expect(await createFirstAdmin(dependencies, {}, { email: 'a@b' })).toBeUndefined();
  });
});
