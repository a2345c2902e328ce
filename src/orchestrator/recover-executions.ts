import { findAppError } from '../contracts/index.js';
import type {
  ExecutionRepository,
  ProviderUpkeep,
  RequestContext,
  TaskDescription,
  TaskExecutor,
  TaskObserver,
} from '../contracts/index.js';
import { applyOpenTasks } from './apply-open-tasks.js';
import type { ApplyOpenTasksDependencies } from './apply-open-tasks.js';
import { applyTaskState } from './apply-task-state.js';
import type { Log } from './log.js';
import { lostTask } from './lost-task.js';
import { sleep } from './sleep.js';

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
  readonly upkeep?: Pick<ProviderUpkeep, 'lostAfter' | 'recordedWithin'> | undefined;
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

/** One task that cannot be recovered does not keep the others from it. */
async function recoverTasks(
  dependencies: RecoverExecutionsDependencies,
  ctx: RequestContext,
  isMeant: (task: TaskDescription) => boolean,
): Promise<void> {
  for await (const task of dependencies.taskObserver.listTasks(ctx)) {
    if (!isMeant(task)) continue;
    try {
      await recoverTask(dependencies, ctx, task);
    } catch (error) {
      dependencies.log.error({ err: error, executionId: task.executionId }, 'failed to recover a task');
    }
  }
}

/**
 * Puts records and tasks together again when the service starts: a task without a record gets one, and an execution
 * whose task the backend no longer knows ends as lost.
 *
 * @returns IDs of the tasks that were left for {@link recoverYoungTasks}.
 */
export async function recoverExecutions(
  dependencies: RecoverExecutionsDependencies,
  ctx: RequestContext,
): Promise<ReadonlySet<string>> {
  const { upkeep: { recordedWithin = 0, lostAfter } = {}, now } = dependencies;
  const young = new Set<string>();
  await recoverTasks(dependencies, ctx, ({ executionId, createdAt }) => {
    const isYoung = recordedWithin > 0 && now().getTime() - createdAt.getTime() < recordedWithin;
    if (isYoung) young.add(executionId);
    return !isYoung;
  });
  await applyOpenTasks(dependencies, ctx, lostTask(now, lostAfter));
  return young;
}

/**
 * Recovers the tasks that had only just been made at the start, once the server that started them has had its time to
 * record them. Resolves when it is done or `ctx.signal` aborts; a failure is left to the next start.
 */
export async function recoverYoungTasks(
  dependencies: RecoverExecutionsDependencies,
  ctx: RequestContext,
  young: ReadonlySet<string>,
): Promise<void> {
  const isOver = (): boolean => ctx.signal?.aborted === true;
  if (young.size === 0) return;
  await sleep(dependencies.upkeep?.recordedWithin ?? 0, ctx.signal);
  if (isOver()) return;
  try {
    await recoverTasks(dependencies, ctx, ({ executionId }) => young.has(executionId));
  } catch (error) {
    if (!isOver()) dependencies.log.warn({ err: error }, 'failed to look for tasks without a record');
  }
}
