import type { TaskExecutor } from '../../src/contracts/index.js';
import type { Runner } from '../runner.js';

/** A view of a runner as a {@link TaskExecutor}. */
export function taskExecutorOf(runner: Runner): TaskExecutor {
  return {
    startTask(ctx, userEmail, { imageId, ...rest }) {
      // '' is how a view of a runner as an image registry says that no image was named.
      return runner.startTask(ctx, userEmail, imageId === '' ? rest : { ...rest, image: imageId });
    },

    killTask(ctx, executionId) {
      return runner.killTask(ctx, executionId);
    },
  };
}
