import type { Execution, RequestContext, TaskObserver } from '../contracts/index.js';
import { applyTaskState } from './apply-task-state.js';
import type { ApplyTaskStateDependencies } from './apply-task-state.js';
import { hasEnded } from './execution-lifecycle.js';
import type { Log } from './log.js';

/** What a record is refreshed with. */
export interface RefreshExecutionDependencies extends ApplyTaskStateDependencies {
  readonly taskObserver: Pick<TaskObserver, 'describeTasks'>;
  readonly log: Log;
}

/**
 * The record of an execution as it is once the backend was asked about its task: whoever reads it need not wait for the
 * follower. When the backend cannot be asked, the record stays as it was.
 */
export async function refreshExecution(
  dependencies: RefreshExecutionDependencies,
  ctx: RequestContext,
  execution: Execution,
): Promise<Execution> {
  if (hasEnded(execution.status)) return execution;
  const { executionId } = execution;
  try {
    const states = await dependencies.taskObserver.describeTasks(ctx, [executionId]);
    const state = states.get(executionId);
    return (state && (await applyTaskState(dependencies, ctx, state))) ?? execution;
  } catch (error) {
    dependencies.log.warn(
      { err: error, requestId: ctx.requestId, executionId },
      'failed to refresh an execution',
    );
    return execution;
  }
}
