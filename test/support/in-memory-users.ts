import { AppError } from '../../src/contracts/index.js';
import type { PendingKey, PendingKeyRepository, User, UserRepository } from '../../src/contracts/index.js';

/** Users on a map. */
export function createInMemoryUsers(): UserRepository {
  const users = new Map<string, User>();
  const all = (): User[] => [...users.values()].sort((one, other) => (one.email < other.email ? -1 : 1));

  function known(email: string): User {
    const user = users.get(email);
    if (user === undefined) throw new AppError('NOT_FOUND', 'user not found');
    return user;
  }

  return {
    async createUser(_ctx, user) {
      if (users.has(user.email)) throw new AppError('CONFLICT', 'user with this email already exists');
      if (all().some(({ apiKeyHash }) => apiKeyHash === user.apiKeyHash)) {
        throw new AppError('CONFLICT', 'API key is already in use');
      }
      users.set(user.email, user);
    },

    async findUserByEmail(_ctx, email) {
      return users.get(email);
    },

    async findUserByApiKeyHash(_ctx, hash) {
      return all().find(({ apiKeyHash }) => apiKeyHash === hash);
    },

    async listUsers() {
      return all();
    },

    async listUsersByRequestId(_ctx, requestId) {
      return all().filter(
        ({ createdByRequestId, modifiedByRequestId }) =>
          createdByRequestId === requestId || modifiedByRequestId === requestId,
      );
    },

    async recordLastUsed(_ctx, email, at) {
      const user = users.get(email);
      if (user !== undefined) users.set(email, { ...user, lastUsed: at });
    },

    async revokeUser(_ctx, email) {
      users.set(email, { ...known(email), revoked: true });
    },

    async removeExpiry(_ctx, email) {
      users.set(email, { ...known(email), expiresAt: undefined });
    },

    async deleteExpiredUsers(_ctx, now) {
      const expired = all().filter(({ expiresAt }) => expiresAt !== undefined && expiresAt < now);
      for (const { email } of expired) users.delete(email);
      return expired.map(({ email }) => email);
    },
  };
}

/** Keys that wait to be claimed, on a map. */
export function createInMemoryPendingKeys(): PendingKeyRepository {
  const keys = new Map<string, PendingKey>();

  return {
    async createPendingKey(_ctx, pendingKey) {
      keys.set(pendingKey.token, pendingKey);
    },

    async findPendingKey(_ctx, token) {
      return keys.get(token);
    },

    async markViewed(_ctx, token, { at, from }) {
      const key = keys.get(token);
      if (key === undefined || key.viewed) {
        throw new AppError('CONFLICT', 'pending key already viewed or does not exist');
      }
      keys.set(token, { ...key, apiKey: undefined, viewed: true, viewedAt: at, viewedFrom: from });
    },

    async deleteExpiredPendingKeys(_ctx, now) {
      for (const key of keys.values()) if (key.expiresAt < now) keys.delete(key.token);
    },
  };
}
