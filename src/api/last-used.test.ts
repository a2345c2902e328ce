import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { User, UserRepository } from '../contracts/index.js';
import { createLastUsedRecorder } from './last-used.js';

const user = (email: string): User => ({
  email,
  role: 'viewer',
  apiKeyHash: email,
  createdAt: new Date(0),
  revoked: false,
  createdByRequestId: '',
  modifiedByRequestId: '',
});

describe('the last use of a key', () => {
  const recordLastUsed = vi.fn<UserRepository['recordLastUsed']>();
  const recorder = () =>
    createLastUsedRecorder({
      users: { recordLastUsed },
      logger: pino({ enabled: false }),
      now: () => new Date(),
    });
  const written = () => recordLastUsed.mock.calls.map(([, email, at]) => `${email} ${at.getTime()}`);

  beforeEach(() => {
    recordLastUsed.mockReset().mockResolvedValue();
    vi.useFakeTimers({ now: 0 });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is written at once', () => {
    recorder().record(user('ann'), 'r1');

    expect(written()).toEqual(['ann 0']);
  });

  it('is written once for a burst of requests, and then for the last of them', () => {
    const uses = recorder();

    for (const time of [0, 100, 200, 300]) {
      vi.setSystemTime(time);
      uses.record(user('ann'), 'r');
    }
    vi.advanceTimersByTime(1_000);

    expect(written()).toEqual(['ann 0', 'ann 300']);
  });

  it('of one key does not put off that of another', () => {
    const uses = recorder();

    uses.record(user('ann'), 'r');
    uses.record(user('bob'), 'r');

    expect(written()).toEqual(['ann 0', 'bob 0']);
  });

  it('is written before a shutdown goes on', async () => {
    const uses = recorder();
    uses.record(user('ann'), 'r');
    vi.setSystemTime(50);
    uses.record(user('ann'), 'r');

    await uses.settled();

    expect(written()).toEqual(['ann 0', 'ann 50']);
  });

  it('is only logged when it cannot be written', async () => {
    recordLastUsed.mockRejectedValue(new Error('the store is down'));
    const uses = recorder();

    uses.record(user('ann'), 'r');

    await expect(uses.settled()).resolves.toBeUndefined();
  });
});
