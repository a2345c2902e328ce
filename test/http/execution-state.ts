import { expect, vi } from 'vitest';
import type { Api } from './harness.js';

export async function statusOf(api: Api, executionId: string): Promise<unknown> {
  const body = await api.json('admin', 'GET', `/executions/${executionId}/status`);
  return (body as { status: string }).status;
}

/** The follower learns of a change a moment after it happened. */
export async function untilNoLongerStarting(api: Api, executionId: string): Promise<void> {
  await vi.waitFor(async () => expect(await statusOf(api, executionId)).not.toBe('STARTING'));
}
