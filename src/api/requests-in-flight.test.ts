import type { Request, Response } from 'express';
import { describe, expect, it } from 'vitest';
import { watchRequests } from './requests-in-flight.js';
import type { Route } from './route.js';

const call = (route: Route): Promise<void> =>
  route.handler({} as unknown as Request, {} as unknown as Response);

describe('requests in flight', () => {
  it('are waited for, whether they succeed or fail', async () => {
    let finish: () => void = () => undefined;
    let fail: (error: Error) => void = () => undefined;
    const working = new Promise<void>((resolve) => (finish = resolve));
    const failing = new Promise<void>((_, reject) => (fail = reject));
    const requests = watchRequests([
      { method: 'GET', path: '/a', action: 'public', handler: () => working },
      { method: 'GET', path: '/b', action: 'public', handler: () => failing },
    ]);
    const calls = requests.routes.map(call);
    const outcome = Promise.allSettled(calls);
    let isSettled = false;
    const waiting = requests.settled().then(() => (isSettled = true));

    fail(new Error('no answer'));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isSettled).toBe(false);
    finish();

    await waiting;
    expect((await outcome).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('are none when nobody asks', async () => {
    await watchRequests([]).settled();
  });
});
