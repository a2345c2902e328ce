import type {
  Execution,
  ExecutionRepository,
  RequestContext,
  TaskObserver,
  TaskState,
} from '../contracts/index.js';
import { applyTaskState } from './apply-task-state.js';
import type { ApplyTaskStateDependencies } from './apply-task-state.js';
import { openStatuses } from './execution-lifecycle.js';

/** What open executions are compared with. */
export interface ApplyOpenTasksDependencies extends ApplyTaskStateDependencies {
  readonly executions: Pick<ExecutionRepository, 'findExecution' | 'transition' | 'listExecutions'>;
  readonly taskObserver: Pick<TaskObserver, 'describeTasks'>;
}

/** How many tasks the backend is asked about at a time. */
const batchSize = 100;

async function* inBatches(executions: AsyncIterable<Execution>): AsyncGenerator<readonly Execution[]> {
  let batch: Execution[] = [];
  for await (const execution of executions) {
    batch.push(execution);
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/**
 * Compares every execution that has not ended with its task.
 *
 * @param stateOfUnknown What to take for the state of a task that the backend does not know; nothing leaves its record.
 */
export async function applyOpenTasks(
  dependencies: ApplyOpenTasksDependencies,
  ctx: RequestContext,
  stateOfUnknown?: (execution: Execution) => TaskState | undefined,
): Promise<void> {
  const open = dependencies.executions.listExecutions(ctx, { statuses: openStatuses });
  for await (const batch of inBatches(open)) {
    const ids = batch.map(({ executionId }) => executionId);
    const states = await dependencies.taskObserver.describeTasks(ctx, ids);
    for (const execution of batch) {
      const state = states.get(execution.executionId) ?? stateOfUnknown?.(execution);
      if (state !== undefined) await applyTaskState(dependencies, ctx, state);
    }
  }
}
