import { describe, expect, it } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { PendingKey, User } from '../contracts/index.js';
import { hashApiKey } from './api-key.js';
import { createUser } from './create-user.js';
import type { CreateUserDependencies } from './create-user.js';

function world(overrides: Partial<CreateUserDependencies['pendingKeys']> = {}) {
  const users: User[] = [];
  const pending: PendingKey[] = [];
  const revoked: string[] = [];
  let counter = 0;
  const dependencies: CreateUserDependencies = {
    users: {
      findUserByEmail: async (_ctx, email) => users.find((one) => one.email === email),
      createUser: async (_ctx, user) => {
        users.push(user);
      },
      revokeUser: async (_ctx, email) => {
        revoked.push(email);
      },
    },
    pendingKeys: {
      createPendingKey: async (_ctx, key) => {
        pending.push(key);
      },
      ...overrides,
    },
    now: () => new Date('2026-01-01T10:00:00.999Z'),
    randomBytes: (size) => Buffer.alloc(size, (counter += 1)),
  };
  return { users, pending, revoked, dependencies };
}

const ctx = { requestId: 'r' };
const viewer = { email: 'new@example.com', role: 'viewer' };

describe('a new user', () => {
  it('waits fifteen minutes in whole seconds, under a key and a token of 32 characters', async () => {
    const { users, pending, dependencies } = world();

    const { user, claimToken } = await createUser(dependencies, ctx, 'admin@example.com', viewer);

    expect(claimToken).toMatch(/^[\w-]{32}$/);
    expect(users).toEqual([user]);
    expect(user).toMatchObject({
      role: 'viewer',
      expiresAt: new Date('2026-01-01T10:15:00.000Z'),
      createdByRequestId: 'r',
      modifiedByRequestId: 'r',
    });
    expect(pending).toMatchObject([
      {
        token: claimToken,
        userEmail: viewer.email,
        createdBy: 'admin@example.com',
        expiresAt: user.expiresAt,
      },
    ]);
    expect(pending[0]?.apiKey).toMatch(/^[\w-]{32}$/);
    expect(pending[0]?.apiKey).not.toBe(claimToken);
    expect(user.apiKeyHash).toBe(hashApiKey(pending[0]?.apiKey ?? ''));
  });

  it('may have a key that their creator chose', async () => {
    const { pending, dependencies } = world();

    await createUser(dependencies, ctx, 'a@b', { ...viewer, apiKey: 'chosen' });

    expect(pending[0]?.apiKey).toBe('chosen');
  });

  it.each([
    [{}, 'email is required'],
    [{ email: 'nobody', role: 'viewer' }, 'invalid email address'],
    [{ email: 'a@b' }, 'role is required'],
    [{ email: 'a@b', role: 'Admin' }, 'invalid role, must be one of: admin, operator, developer, viewer'],
    [
      { email: 'a@b', role: 'constructor' },
      'invalid role, must be one of: admin, operator, developer, viewer',
    ],
  ])('is refused as %j', async (request, message) => {
    const { users, dependencies } = world();

    await expect(createUser(dependencies, ctx, 'a@b', request)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message,
    });
    expect(users).toEqual([]);
  });

  it('is refused under an e-mail that exists', async () => {
    const { dependencies } = world();
    await createUser(dependencies, ctx, 'a@b', viewer);

    await expect(createUser(dependencies, ctx, 'a@b', viewer)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'user with this email already exists',
    });
  });

  it('is revoked again when the key cannot be kept', async () => {
    const outage = new AppError('DATABASE_ERROR', 'no answer');
    const { revoked, dependencies } = world({ createPendingKey: () => Promise.reject(outage) });

    await expect(createUser(dependencies, ctx, 'a@b', viewer)).rejects.toBe(outage);

    expect(revoked).toEqual([viewer.email]);
  });

  it('is finished though the client has hung up once it was begun', async () => {
    const client = new AbortController();
    const { pending, dependencies } = world();
    const hangingUp: CreateUserDependencies = {
      ...dependencies,
      users: {
        ...dependencies.users,
        createUser: async (...parameters) => {
          await dependencies.users.createUser(...parameters);
          client.abort();
        },
      },
      pendingKeys: {
        createPendingKey: async (called, key) => {
          called.signal?.throwIfAborted();
          pending.push(key);
        },
      },
    };

    await createUser(hangingUp, { ...ctx, signal: client.signal }, 'a@b', viewer);

    expect(pending).toHaveLength(1);
  });
});

describe('the hash of a key', () => {
  it('is the padded base64 of its SHA-256', () => {
    expect(hashApiKey('abc')).toBe('ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=');
  });
});
