import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/contracts/index.js';
import type { Runner } from '../runner.js';
import { stopUnrecordedTask } from './stop-unrecorded-task.js';

const ctx = { requestId: 'request-1' };

describe('stopUnrecordedTask', () => {
  it('stops the task and says so in the log', async () => {
    const runner = { killTask: vi.fn().mockResolvedValue(undefined) };
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

    await stopUnrecordedTask(runner as unknown as Runner, log, ctx, 'task-1');

    expect(runner.killTask).toHaveBeenCalledWith(ctx, 'task-1');
    expect(log.warn).toHaveBeenCalledWith(
      { requestId: 'request-1', executionId: 'task-1' },
      'stopped a task that could not be recorded',
    );
  });

  it('logs a task that it cannot stop, and hides nothing else by failing', async () => {
    const outage = new AppError('SERVICE_UNAVAILABLE', 'try again');
    const runner = { killTask: vi.fn().mockRejectedValue(outage) };
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

    await stopUnrecordedTask(runner as unknown as Runner, log, ctx, 'task-1');

    expect(log.error).toHaveBeenCalledWith(
      expect.objectContaining({ err: outage, executionId: 'task-1' }),
      'a task that could not be recorded goes on',
    );
  });
});
