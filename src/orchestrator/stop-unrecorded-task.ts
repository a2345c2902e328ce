import type { RequestContext, TaskExecutor } from '../contracts/index.js';
import type { Log } from './log.js';

/**
 * Stops a task whose execution could not be recorded: the caller was told that it failed, and nobody could ever ask for
 * it. When even that fails, recovery finds the task at the next start.
 */
export async function stopUnrecordedTask(
  taskExecutor: TaskExecutor,
  log: Log,
  ctx: RequestContext,
  executionId: string,
): Promise<void> {
  try {
    await taskExecutor.killTask(ctx, executionId);
    log.warn({ requestId: ctx.requestId, executionId }, 'stopped a task that could not be recorded');
  } catch (error) {
    log.error(
      { err: error, requestId: ctx.requestId, executionId },
      'a task that could not be recorded goes on',
    );
  }
}
