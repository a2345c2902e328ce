import { describe, expect, it } from 'vitest';
import type { LogEvent, StreamToken } from '../contracts/index.js';
import { createStreamToken } from './create-stream-token.js';

async function tokenFor(events: readonly LogEvent[]): Promise<StreamToken | undefined> {
  const kept: StreamToken[] = [];
  await createStreamToken(
    {
      streamTokens: {
        createStreamToken: async (_ctx, token) => {
          kept.push(token);
        },
      },
      now: () => new Date('2026-01-01T10:00:00Z'),
      randomBytes: (size) => Buffer.alloc(size, 1),
    },
    {},
    { executionId: 'task-1', events, createdBy: 'dev@example.com', clientAddress: '203.0.113.7' },
  );
  return kept[0];
}

describe('a stream token', () => {
  it('works for a day, for one execution, from behind the last event that was given', async () => {
    const token = await tokenFor([
      { timestamp: 1, message: 'a', position: '10' },
      { timestamp: 2, message: 'b', position: '11' },
    ]);

    expect(token).toMatchObject({
      executionId: 'task-1',
      position: '11',
      createdBy: 'dev@example.com',
      clientAddress: '203.0.113.7',
      expiresAt: new Date('2026-01-02T10:00:00Z'),
    });
    expect(token?.token).toMatch(/^[\w-]{32}$/);
  });

  it('begins at the start when nothing was given', async () => {
    expect((await tokenFor([]))?.position).toBeUndefined();
    expect((await tokenFor([{ timestamp: 1, message: 'a' }]))?.position).toBeUndefined();
  });
});
