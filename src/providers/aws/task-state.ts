import type { Task } from '@aws-sdk/client-ecs';

import type { TaskEnding, TaskState } from '../../contracts/index.js';
import { runnerContainer } from './containers.js';
import { lastSegment } from './last-segment.js';

const startingStatuses = ['PROVISIONING', 'PENDING', 'ACTIVATING'];

/** What a task of ECS looks like to the contract. A task that is on its way down still runs until ECS has stopped it. */
export function toTaskState(task: Task): TaskState {
  const executionId = lastSegment(task.taskArn ?? '');
  const startedAt = task.startedAt && { startedAt: task.startedAt };
  if (task.lastStatus !== 'STOPPED') {
    const isStarting = startingStatuses.includes(task.lastStatus ?? '') || startedAt === undefined;
    return { executionId, phase: isStarting ? 'starting' : 'running', ...startedAt };
  }
  const endedAt = task.stoppedAt ?? task.stoppingAt;
  const exitCode = task.containers?.find(({ name }) => name === runnerContainer)?.exitCode;
  return {
    executionId,
    phase: 'ended',
    ...startedAt,
    ...(endedAt !== undefined && { endedAt }),
    ...(exitCode !== undefined && { exitCode }),
    endedBy: endingOf(task, exitCode),
  };
}

const endingByStopCode = new Map<string, TaskEnding>([
  ['UserInitiated', 'kill'],
  ['TaskFailedToStart', 'failed-to-start'],
  ['SpotInterruption', 'lost'],
  ['TerminationNotice', 'lost'],
  ['ServiceSchedulerInitiated', 'lost'],
  ['InfrastructureHealth', 'lost'],
]);

/** Why a task was stopped that ran too long; ECS keeps it with the task, so that every server can tell. */
export const outOfTime = 'refacet: the command ran out of time';

function endingOf({ stopCode, stoppedReason }: Task, exitCode: number | undefined): TaskEnding {
  if (stopCode === 'UserInitiated' && stoppedReason === outOfTime) return 'timeout';
  const told = endingByStopCode.get(stopCode ?? '');
  if (told !== undefined) return told;
  // The sidecar failed, so that the command never began.
  if (exitCode === undefined) return 'failed-to-start';
  // ECS tells the two apart by nothing else; there are 64 signals.
  return exitCode > 128 && exitCode <= 192 ? 'signal' : 'exit';
}
