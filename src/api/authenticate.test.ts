import { describe, expect, it } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { User } from '../contracts/index.js';
import { hashApiKey } from '../orchestrator/api-key.js';
import { authenticate } from './authenticate.js';
import { errorAnswer } from './error-handler.js';

const user = (key: string, parts: Partial<User> = {}): User => ({
  email: `${key}@example.com`,
  role: 'viewer',
  apiKeyHash: hashApiKey(key),
  createdAt: new Date(0),
  revoked: false,
  createdByRequestId: '',
  modifiedByRequestId: '',
  ...parts,
});
const known = [
  user('good'),
  user('revoked', { revoked: true }),
  user('unclaimed', { expiresAt: new Date('2999-01-01T00:00:00Z') }),
  user('expired', { expiresAt: new Date(0) }),
];
const users = {
  findUserByApiKeyHash: async (_ctx: unknown, hash: string) =>
    known.find(({ apiKeyHash }) => apiKeyHash === hash),
};

describe('a key', () => {
  it('leads to its user', async () => {
    expect(await authenticate(users, {}, 'good')).toBe(known[0]);
  });

  it.each([
    ['', { error: 'Unauthorized', details: 'API key is required' }],
    ['unknown', { error: 'Unauthorized', code: 'INVALID_API_KEY', details: 'Invalid API key' }],
    ['unclaimed', { error: 'Unauthorized', code: 'INVALID_API_KEY', details: 'Invalid API key' }],
    ['expired', { error: 'Unauthorized', code: 'INVALID_API_KEY', details: 'Invalid API key' }],
    ['revoked', { error: 'Unauthorized', code: 'API_KEY_REVOKED', details: 'API key has been revoked' }],
  ])('%j is refused', async (key, body) => {
    const refusal: unknown = await authenticate(users, {}, key).catch((error: unknown) => error);

    expect(errorAnswer(refusal)).toEqual({ status: 401, body });
  });

  it('cannot be judged while users cannot be read, in words that say nothing of the store', async () => {
    const outage = new AppError('DATABASE_ERROR', 'query failed', {
      cause: new AppError('INTERNAL_ERROR', 'table users'),
    });
    const failing = { findUserByApiKeyHash: () => Promise.reject(outage) };

    const failure: unknown = await authenticate(failing, {}, 'good').catch((error: unknown) => error);

    expect(errorAnswer(failure)).toEqual({
      status: 503,
      body: { error: 'Server error', code: 'DATABASE_ERROR', details: 'failed to get user by API key hash' },
    });
  });
});
