import { describe, expect, it, vi } from 'vitest';
import { purgeExpiredPeriodically } from './purge-expired.js';
import type { PurgeExpiredDependencies } from './purge-expired.js';

describe('a purge', () => {
  it('goes by whole seconds, comes again, and survives a store that fails', async () => {
    const stopping = new AbortController();
    const seen: string[] = [];
    const warnings: string[] = [];
    let isFirst = true;
    const note = (what: string) => async (_ctx: unknown, now: Date) => {
      seen.push(`${what} ${now.toISOString()}`);
    };
    const dependencies: PurgeExpiredDependencies = {
      users: {
        deleteExpiredUsers: async () => {
          if (isFirst) {
            isFirst = false;
            throw new Error('no answer');
          }
          return [];
        },
      },
      pendingKeys: { deleteExpiredPendingKeys: note('keys') },
      streamTokens: { deleteExpiredStreamTokens: note('tokens') },
      log: {
        info: () => undefined,
        warn: (_fields, message) => warnings.push(message),
        error: () => undefined,
      },
      now: () => new Date('2026-01-01T10:15:00.500Z'),
    };

    const purging = purgeExpiredPeriodically(dependencies, { signal: stopping.signal }, 5);
    await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(4));
    stopping.abort();
    await purging;

    expect(seen.slice(0, 2)).toEqual(['keys 2026-01-01T10:15:00.000Z', 'tokens 2026-01-01T10:15:00.000Z']);
    expect(warnings).toEqual(['failed to delete what has expired']);
  });
});
