import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { discardRest } from './discard-rest.js';

/** A body that is still coming in. */
function incoming() {
  const body = new PassThrough({ highWaterMark: 64 * 1024 * 1024 });
  return { body, request: body as unknown as IncomingMessage };
}

const state = (promise: Promise<void>): Promise<string> =>
  Promise.race([
    promise.then(() => 'done'),
    new Promise<string>((resolve) => setTimeout(() => resolve('waiting'), 50)),
  ]);

describe('what is left of a body', () => {
  it('is waited for until it ends', async () => {
    const { body, request } = incoming();
    const discarding = discardRest(request);
    body.write('more');
    expect(await state(discarding)).toBe('waiting');

    body.end();

    expect(await state(discarding)).toBe('done');
  });

  it('is no longer waited for when the client says nothing more', async () => {
    const { body, request } = incoming();
    body.write('some');
    const begun = performance.now();

    await discardRest(request);

    expect(performance.now() - begun).toBeGreaterThan(400);
  });

  it('is not waited for beyond 16 MiB', async () => {
    const { body, request } = incoming();
    const discarding = discardRest(request);

    body.write(Buffer.alloc(17 * 1024 * 1024));

    expect(await state(discarding)).toBe('done');
  });

  it('is nothing when the client is gone', async () => {
    const { body, request } = incoming();
    body.destroy();

    expect(await state(discardRest(request))).toBe('done');
  });
});
