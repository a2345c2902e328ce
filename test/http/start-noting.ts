import type { TaskRequest } from '../../src/contracts/index.js';
import type { Api, Arrangement, Start } from './harness.js';

/** When the backend says that it made each task. */
export const taskCreatedAt = new Date('2026-03-04T05:06:07.123Z');

/** An API whose tasks are only noted, and are called `task-1`, `task-2`, … */
export async function startNoting(
  start: Start,
  arrangement?: Arrangement,
): Promise<{ readonly api: Api; readonly tasks: readonly TaskRequest[] }> {
  const api = await start(arrangement);
  const tasks: TaskRequest[] = [];
  api.replace('taskExecutor', 'startTask', () => (_ctx, _email, request) => {
    tasks.push(request);
    return Promise.resolve({ executionId: `task-${tasks.length}`, createdAt: taskCreatedAt });
  });
  return { api, tasks };
}
