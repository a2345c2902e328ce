import { findAppError } from '../contracts/index.js';
import type {
  ExecutionRepository,
  RequestContext,
  TaskDescription,
  TaskExecutor,
  TaskObserver,
} from '../contracts/index.js';
import { applyOpenTasks } from './apply-open-tasks.js';
import type { ApplyOpenTasksDependencies } from './apply-open-tasks.js';
import { applyTaskState } from './apply-task-state.js';
import type { Log } from './log.js';

/** What records are recovered with. */
export interface RecoverExecutionsDependencies extends ApplyOpenTasksDependencies {
  readonly executions: Pick<
    ExecutionRepository,
    'createExecution' | 'findExecution' | 'transition' | 'listExecutions'
  >;
  readonly taskObserver: Pick<TaskObserver, 'describeTasks' | 'listTasks'>;
  readonly taskExecutor: Pick<TaskExecutor, 'killTask'>;
  /** Becomes `cloud` of the records that are made. */
  readonly providerName: string;
  readonly log: Log;
}

async function makeRecord(
  { executions, providerName }: RecoverExecutionsDependencies,
  ctx: RequestContext,
  task: TaskDescription,
): Promise<void> {
  const requestId = task.requestId ?? '';
  await executions.createExecution(ctx, {
    executionId: task.executionId,
    createdBy: task.userEmail,
    ownedBy: [task.userEmail],
    command: task.command,
    status: 'STARTING',
    startedAt: task.createdAt,
    exitCode: 0,
    createdByRequestId: requestId,
    modifiedByRequestId: requestId,
    cloud: providerName,
  });
}

/** Nobody can be told of such a task, so nobody could ever stop it. */
async function stopUnknownTask(
  { taskExecutor, log }: RecoverExecutionsDependencies,
  ctx: RequestContext,
  { executionId, phase }: TaskDescription,
): Promise<void> {
  if (phase === 'ended') return;
  try {
    await taskExecutor.killTask(ctx, executionId);
    log.warn({ executionId }, 'stopped a task that has no record and cannot be described');
  } catch (error) {
    // It may have ended by itself just now.
    if ((findAppError(error)?.status ?? 500) >= 500) throw error;
  }
}

async function recoverTask(
  dependencies: RecoverExecutionsDependencies,
  ctx: RequestContext,
  task: TaskDescription,
): Promise<void> {
  const execution = await dependencies.executions.findExecution(ctx, task.executionId);
  if (execution !== undefined) return;
  if (task.userEmail === '' || task.command === '') return stopUnknownTask(dependencies, ctx, task);
  await makeRecord(dependencies, ctx, task);
  await applyTaskState(dependencies, ctx, task);
  dependencies.log.warn({ executionId: task.executionId }, 'made the record that a crash left out');
}

/**
 * Puts records and tasks together again when the service starts: a task without a record gets one, and an execution
 * whose task the backend no longer knows ends as lost. One task that cannot be recovered does not keep the others from it.
 */
export async function recoverExecutions(
  dependencies: RecoverExecutionsDependencies,
  ctx: RequestContext,
): Promise<void> {
  for await (const task of dependencies.taskObserver.listTasks(ctx)) {
    try {
      await recoverTask(dependencies, ctx, task);
    } catch (error) {
      dependencies.log.error({ err: error, executionId: task.executionId }, 'failed to recover a task');
    }
  }
  await applyOpenTasks(dependencies, ctx, (executionId) => ({
    executionId,
    phase: 'ended',
    endedBy: 'lost',
    endedAt: dependencies.now(),
  }));
}
