import { StopQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';

import type { CloudWatchLogs } from './aws-clients.js';
import { runInsightsQuery } from './insights-query.js';

describe('a query whose caller hangs up', () => {
  it('ends while it waits, and once it is stopped, whatever the caller still wants', async () => {
    const controller = new AbortController();
    const happened: string[] = [];
    const send = async (command: object, { abortSignal }: { abortSignal?: AbortSignal } = {}) => {
      if (!(command instanceof StopQueryCommand)) return { queryId: 'q', status: 'Running' };
      abortSignal?.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 5));
      happened.push('stopped');
      return {};
    };
    const sleep = async (_milliseconds: number, signal?: AbortSignal): Promise<void> => {
      controller.abort(new Error('hung up'));
      signal?.throwIfAborted();
      throw new Error('waited although nobody listens');
    };
    const logs = { send } as unknown as CloudWatchLogs;
    const ctx = { requestId: 'r', signal: controller.signal };

    const query = runInsightsQuery(ctx, { logs, now: () => new Date(0), sleep }, ['group'], 'fields');
    await query.catch((error: unknown) => happened.push((error as Error).message));

    expect(happened).toEqual(['stopped', 'hung up']);
  });
});
