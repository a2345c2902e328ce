import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { ImageRegistry, TaskExecutor } from '../contracts/index.js';
import { startTask } from './start-task.js';

const ctx = { requestId: 'request-1' };
const createdAt = new Date('2026-11-24T08:00:00Z');

function facets() {
  return {
    taskExecutor: {
      startTask: vi.fn<TaskExecutor['startTask']>().mockResolvedValue({ executionId: 'task-1', createdAt }),
    },
    imageRegistry: {
      resolveImage: vi.fn<ImageRegistry['resolveImage']>().mockResolvedValue('alpine:3.18-ddecce05'),
    },
  };
}

describe('startTask', () => {
  it('starts the task with the ID of the image, in place of its reference', async () => {
    const { taskExecutor, imageRegistry } = facets();

    const started = await startTask({ taskExecutor, imageRegistry }, ctx, 'ann@example.com', {
      command: 'true',
      image: 'alpine:3.18',
      env: { LEVEL: '1' },
      timeout: 5,
    });

    expect(started).toEqual({ executionId: 'task-1', createdAt });
    expect(imageRegistry.resolveImage.mock.calls).toStrictEqual([[ctx, 'alpine:3.18']]);
    expect(taskExecutor.startTask.mock.calls).toStrictEqual([
      [
        ctx,
        'ann@example.com',
        { command: 'true', env: { LEVEL: '1' }, timeout: 5, imageId: 'alpine:3.18-ddecce05' },
      ],
    ]);
  });

  it('asks for the default image when the request names none', async () => {
    const { taskExecutor, imageRegistry } = facets();

    await startTask({ taskExecutor, imageRegistry }, ctx, 'ann@example.com', { command: 'true' });

    expect(imageRegistry.resolveImage).toHaveBeenCalledWith(ctx, undefined);
  });

  it('starts nothing when the image cannot be resolved', async () => {
    const { taskExecutor, imageRegistry } = facets();
    const unknown = new AppError('INVALID_REQUEST', 'image not registered');
    imageRegistry.resolveImage.mockRejectedValue(unknown);

    const starting = startTask({ taskExecutor, imageRegistry }, ctx, 'ann@example.com', { command: 'true' });

    await expect(starting).rejects.toBe(unknown);
    expect(taskExecutor.startTask).not.toHaveBeenCalled();
  });

  it('leaves the request as it was', async () => {
    const { taskExecutor, imageRegistry } = facets();
    const request = Object.freeze({ command: 'true', image: 'alpine' });

    await startTask({ taskExecutor, imageRegistry }, ctx, 'ann@example.com', request);

    expect(request).toStrictEqual({ command: 'true', image: 'alpine' });
  });
});
