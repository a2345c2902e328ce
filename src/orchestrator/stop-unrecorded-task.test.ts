import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { TaskExecutor } from '../contracts/index.js';
import { stopUnrecordedTask } from './stop-unrecorded-task.js';

const ctx = { requestId: 'request-1' };

describe('stopUnrecordedTask', () => {
  it('stops the task and says so in the log', async () => {
    const taskExecutor = { killTask: vi.fn().mockResolvedValue(undefined) };
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

    await stopUnrecordedTask(taskExecutor as unknown as TaskExecutor, log, ctx, 'task-1');

    expect(taskExecutor.killTask).toHaveBeenCalledWith(ctx, 'task-1');
    expect(log.warn).toHaveBeenCalledWith(
      { requestId: 'request-1', executionId: 'task-1' },
      'stopped a task that could not be recorded',
    );
  });

  it('logs a task that it cannot stop, and hides nothing else by failing', async () => {
    const outage = new AppError('SERVICE_UNAVAILABLE', 'try again');
    const taskExecutor = { killTask: vi.fn().mockRejectedValue(outage) };
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

    await stopUnrecordedTask(taskExecutor as unknown as TaskExecutor, log, ctx, 'task-1');

    expect(log.error).toHaveBeenCalledWith(
      expect.objectContaining({ err: outage, executionId: 'task-1' }),
      'a task that could not be recorded goes on',
    );
  });
});
