import { describe, expect, it, vi } from 'vitest';
import type { ExecutionTransition } from '../../../src/contracts/index.js';
import type { Api, Start } from '../harness.js';

/** What becomes of an execution after it was started (section 4 of the HTTP contract). */
export function lifecycleContract(start: Start): void {
  const run = async (api: Api): Promise<string> => {
    const body = await api.json('developer', 'POST', '/run', { body: { command: 'true' } });
    return (body as { execution_id: string }).execution_id;
  };
  const statusOf = async (api: Api, id: string): Promise<Record<string, unknown>> =>
    (await api.json('admin', 'GET', `/executions/${id}/status`)) as Record<string, unknown>;
  const untilStatus = async (api: Api, id: string, status: string): Promise<void> => {
    await vi.waitFor(async () => expect(await statusOf(api, id)).toMatchObject({ status }), 5_000);
  };

  it.each([
    [0, 'exit', 'SUCCEEDED', 0],
    [7, 'exit', 'FAILED', 7],
    [137, 'signal', 'FAILED', 137],
    [124, 'timeout', 'FAILED', 124],
    [1, 'lost', 'FAILED', 1],
    [1, 'failed-to-start', 'FAILED', 1],
    [0, 'kill', 'STOPPED', 130],
  ] as const)('a task that ends with %d by %s is %s with %d', async (code, endedBy, status, exitCode) => {
    const api = await start();
    const id = await run(api);
    api.provider.tasks.begin(id);
    await untilStatus(api, id, 'RUNNING');
    expect(await statusOf(api, id)).toMatchObject({ exit_code: null });
    api.setTime(new Date(api.now().getTime() + 3_000));

    api.provider.tasks.end(id, code, endedBy);

    await untilStatus(api, id, status);
    const [listed] = (await api.json('admin', 'GET', '/executions')) as object[];
    expect(listed).toMatchObject({
      execution_id: id,
      status,
      exit_code: exitCode,
      duration_seconds: 3,
      completed_at: '2026-03-04T05:06:10Z',
      started_at: '2026-03-04T05:06:07Z',
    });
  });

  describe('an execution', () => {
    it('passes through RUNNING, however short the task was', async () => {
      const api = await start();
      const id = await run(api);

      api.provider.tasks.begin(id);
      api.provider.tasks.end(id, 0);

      await untilStatus(api, id, 'SUCCEEDED');
      const made = api
        .calls('executions', 'transition')
        .map(([, , transition]) => (transition as ExecutionTransition).to);
      expect(made.indexOf('RUNNING')).toBeGreaterThanOrEqual(0);
      expect(made.indexOf('RUNNING')).toBeLessThan(made.indexOf('SUCCEEDED'));
    });

    it('ends STOPPED with 130 when the task ends by itself just after a kill', async () => {
      const api = await start();
      api.replace('taskExecutor', 'killTask', () => () => Promise.resolve());
      const id = await run(api);
      api.provider.tasks.begin(id);
      await untilStatus(api, id, 'RUNNING');
      await api.json('operator', 'DELETE', `/executions/${id}`);

      api.provider.tasks.end(id, 0, 'exit');

      await untilStatus(api, id, 'STOPPED');
      expect(await statusOf(api, id)).toMatchObject({ exit_code: 130 });
    });

    it('is TERMINATING, without an exit code, while its task winds down', async () => {
      const api = await start();
      const id = await run(api);
      api.provider.tasks.begin(id);
      await untilStatus(api, id, 'RUNNING');

      await api.json('developer', 'DELETE', `/executions/${id}`);

      expect(await statusOf(api, id)).toMatchObject({ status: 'TERMINATING', exit_code: null });
      api.provider.tasks.end(id, 0);
      await untilStatus(api, id, 'STOPPED');
    });

    it('can be killed before its task has begun', async () => {
      const api = await start();
      const id = await run(api);

      await api.json('developer', 'DELETE', `/executions/${id}`);
      api.provider.tasks.end(id, 0);

      await untilStatus(api, id, 'STOPPED');
    });

    it('keeps its start, whatever happens', async () => {
      const api = await start();
      const id = await run(api);
      api.setTime(new Date(api.now().getTime() + 60_000));
      api.provider.tasks.begin(id);
      api.provider.tasks.end(id, 0);

      await untilStatus(api, id, 'SUCCEEDED');
      expect(await statusOf(api, id)).toMatchObject({ started_at: '2026-03-04T05:06:07Z' });
    });

    it('gets its end although the store failed at first', async () => {
      const api = await start();
      let failures = 0;
      api.replace('executions', 'transition', (original) => async (...parameters) => {
        failures += 1;
        if (failures <= 2) throw new Error('planted failure');
        return original(...parameters);
      });
      const id = await run(api);

      api.provider.tasks.begin(id);
      api.provider.tasks.end(id, 4);

      await vi.waitFor(
        async () => expect(await statusOf(api, id)).toMatchObject({ status: 'FAILED', exit_code: 4 }),
        20_000,
      );
    });
  });
}
