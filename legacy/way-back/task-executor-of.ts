import type { TaskExecutor } from '../../src/contracts/index.js';
import { replaceKey } from '../../src/orchestrator/replace-key.js';
import type { Runner } from '../runner.js';

/** A view of a runner as a {@link TaskExecutor}. */
export function taskExecutorOf(runner: Runner): TaskExecutor {
  return {
    startTask(ctx, userEmail, task) {
      const { imageId, ...rest } = task;
      // '' is how a view of a runner as an image registry says that no image was named.
      const request = imageId === '' ? rest : replaceKey(task, 'imageId', 'image', imageId);
      return runner.startTask(ctx, userEmail, request);
    },

    killTask(ctx, executionId) {
      return runner.killTask(ctx, executionId);
    },
  };
}
