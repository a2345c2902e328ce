import { describe, expect, it } from 'vitest';

import type { TaskExecutor, TaskRequest } from '../../src/contracts/index.js';
import { expectAppError } from './expect-app-error.js';

/** An executor with one registered image, and what the suite must know of its backend. */
export interface TaskExecutorSubject {
  readonly taskExecutor: TaskExecutor;
  /** ID of a registered image. */
  readonly imageId: string;
  /** A task that has ended. */
  readonly startEndedTask: () => Promise<string>;
  /** Every task that the backend was ever made to start. */
  readonly listStartedTasks: () => Promise<readonly string[]>;
}

/** What every {@link TaskExecutor} promises. `make` gives one that has started nothing. */
export function taskExecutorContract(name: string, make: () => Promise<TaskExecutorSubject>): void {
  const ctx = { requestId: 'request-1' };
  const user = 'ada@example.com';
  const longRequest = (imageId: string): TaskRequest => ({ imageId, command: 'sleep 1000' });

  describe(`task executor: ${name}`, () => {
    it('starts a task and gives it an ID of its own', async () => {
      const { taskExecutor, imageId, listStartedTasks } = await make();

      const first = await taskExecutor.startTask(ctx, user, longRequest(imageId));
      const second = await taskExecutor.startTask(ctx, user, longRequest(imageId));

      expect(first.executionId).toMatch(/^[0-9a-f]{32}$/);
      expect(second.executionId).not.toBe(first.executionId);
      expect([...(await listStartedTasks())].sort()).toEqual([first.executionId, second.executionId].sort());
    });

    it('says when the task was made', async () => {
      const { taskExecutor, imageId } = await make();

      const { createdAt } = await taskExecutor.startTask(ctx, user, longRequest(imageId));

      if (createdAt !== undefined) expect(createdAt.getTime()).not.toBeNaN();
    });

    it('takes undefined for absent', async () => {
      const { taskExecutor, imageId } = await make();

      const started = await taskExecutor.startTask({ requestId: undefined, signal: undefined }, user, {
        ...longRequest(imageId),
        env: undefined,
        secretVarNames: undefined,
        secrets: undefined,
        gitRepo: undefined,
        gitRef: undefined,
        gitPath: undefined,
        timeout: undefined,
      });

      expect(started.executionId).not.toBe('');
    });

    it('takes an empty string for absent', async () => {
      const { taskExecutor, imageId } = await make();

      const started = await taskExecutor.startTask(ctx, user, {
        ...longRequest(imageId),
        ...{ gitRepo: '', gitRef: '', gitPath: '', timeout: 0 },
      });

      expect(started.executionId).not.toBe('');
    });

    it('refuses an image that is not registered, and starts nothing', async () => {
      const { taskExecutor, listStartedTasks } = await make();

      await expectAppError(
        taskExecutor.startTask(ctx, user, longRequest('ghost:latest-00000000')),
        'INVALID_REQUEST',
        'image not registered',
      );

      expect(await listStartedTasks()).toEqual([]);
    });

    it('starts nothing for a request that is over already', async () => {
      const { taskExecutor, imageId, listStartedTasks } = await make();

      const starting = taskExecutor.startTask({ signal: AbortSignal.abort() }, user, longRequest(imageId));

      await expect(starting).rejects.toThrow();
      expect(await listStartedTasks()).toEqual([]);
    });

    it('agrees to kill a task right after it was started', async () => {
      const { taskExecutor, imageId } = await make();
      const { executionId } = await taskExecutor.startTask(ctx, user, longRequest(imageId));

      await expect(taskExecutor.killTask(ctx, executionId)).resolves.toBeUndefined();
    });

    it('rejects killing the same task twice', async () => {
      const { taskExecutor, imageId } = await make();
      const { executionId } = await taskExecutor.startTask(ctx, user, longRequest(imageId));
      await taskExecutor.killTask(ctx, executionId);

      const error = await expectAppError(
        taskExecutor.killTask(ctx, executionId),
        'INVALID_REQUEST',
        'task is already terminated or terminating',
      );

      expect((error.cause as Error).message).toMatch(/^task status: (STOPPING|STOPPED|DEACTIVATING)$/);
    });

    it('agrees to only one of many kills at once', async () => {
      const { taskExecutor, imageId } = await make();
      const { executionId } = await taskExecutor.startTask(ctx, user, longRequest(imageId));

      const kills = await Promise.allSettled(
        Array.from({ length: 5 }, () => taskExecutor.killTask(ctx, executionId)),
      );

      expect(kills.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('rejects killing a task that has ended', async () => {
      const { taskExecutor, startEndedTask } = await make();
      const executionId = await startEndedTask();

      const error = await expectAppError(
        taskExecutor.killTask(ctx, executionId),
        'INVALID_REQUEST',
        'task is already terminated or terminating',
      );

      expect((error.cause as Error).message).toBe('task status: STOPPED');
    });

    it.each(['0123456789abcdef0123456789abcdef', '', '../../etc', 'a b'])(
      'does not find a task that never was: %j',
      async (executionId) => {
        const { taskExecutor } = await make();

        await expectAppError(taskExecutor.killTask(ctx, executionId), 'NOT_FOUND', 'task not found');
      },
    );

    it('never throws synchronously', async () => {
      const { taskExecutor } = await make();

      const calls = [
        taskExecutor.startTask({ signal: AbortSignal.abort() }, '', longRequest('')),
        taskExecutor.killTask({ signal: AbortSignal.abort() }, ''),
      ];

      expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    });
  });
}
