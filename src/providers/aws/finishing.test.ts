import { expect, it, vi } from 'vitest';

import { finishing } from './finishing.js';

it('keeps the request, and puts half a minute in place of its cancellation', () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout');

  const ctx = finishing({ requestId: 'req-1', signal: AbortSignal.abort() });

  expect(timeout).toHaveBeenCalledExactlyOnceWith(30_000);
  expect(ctx).toStrictEqual({ requestId: 'req-1', signal: timeout.mock.results[0]?.value as unknown });
  expect(ctx.signal?.aborted).toBe(false);
  timeout.mockRestore();
});
