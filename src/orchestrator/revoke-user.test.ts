import { describe, expect, it } from 'vitest';
import type { User } from '../contracts/index.js';
import { revokeUser } from './revoke-user.js';

const known: User = {
  email: 'dev@example.com',
  role: 'developer',
  apiKeyHash: 'h',
  createdAt: new Date(0),
  revoked: false,
  createdByRequestId: '',
  modifiedByRequestId: '',
};

describe('revoking', () => {
  it.each([
    ['', { code: 'INVALID_REQUEST', message: 'email is required' }],
    ['DEV@example.com', { code: 'NOT_FOUND', message: 'user not found' }],
  ])('refuses %j', async (email, expected) => {
    const revoked: string[] = [];
    const users = {
      findUserByEmail: async (_ctx: unknown, one: string) => (one === known.email ? known : undefined),
      revokeUser: async (_ctx: unknown, one: string) => void revoked.push(one),
    };

    await expect(revokeUser({ users }, {}, email)).rejects.toMatchObject(expected);
    await revokeUser({ users }, {}, known.email);

    expect(revoked).toEqual([known.email]);
  });
});
