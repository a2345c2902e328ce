import type { ServiceContext } from '../service-context.js';
import { taskStatuses } from './ecs-state.js';
import type { EcsState, TaskState, TaskStatus } from './ecs-state.js';
import { findTask } from './tasks.js';

/** How a task's containers ended. */
export interface TaskEnd {
  readonly exitCode?: number | undefined;
  readonly reason?: string | undefined;
}

/** Lets a task come to a later point of its life, as the service does in its own time. Never backwards. */
export function advanceTask(
  state: EcsState,
  name: string,
  status: TaskStatus,
  context: ServiceContext,
  { exitCode = 0, reason }: TaskEnd = {},
): void {
  const task = findTask(state, name);
  if (!task || taskStatuses.indexOf(status) <= taskStatuses.indexOf(task.lastStatus)) return;
  task.lastStatus = status;
  if (status === 'RUNNING') task.startedAt = context.now();
  if (taskStatuses.indexOf(status) > taskStatuses.indexOf('RUNNING')) task.desiredStatus = 'STOPPED';
  if (status === 'STOPPED') end(task, context, exitCode, reason);
}

/** ECS forgets ended tasks after about an hour. */
export function forgetEndedTasks(state: EcsState): void {
  for (const [arn, { lastStatus }] of state.tasks) {
    if (lastStatus === 'STOPPED') state.tasks.delete(arn);
  }
}

function end(task: TaskState, context: ServiceContext, exitCode: number, reason: string | undefined): void {
  const hasStarted = task.startedAt !== undefined;
  task.stoppedAt = context.now();
  task.stopCode ??= hasStarted ? 'EssentialContainerExited' : 'TaskFailedToStart';
  task.stoppedReason ??=
    reason ?? (hasStarted ? 'Essential container in task exited' : 'Task failed to start');
  if (hasStarted) task.exitCodes = { sidecar: 0, runner: exitCode };
}
