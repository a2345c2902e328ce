import type { Task } from '@aws-sdk/client-ecs';

import type { TaskDescription } from '../../contracts/index.js';
import { runnerContainer, sidecarContainer } from './containers.js';
import { sidecarVariables } from './sidecar-script.js';
import { toTaskState } from './task-state.js';

/**
 * What a task says of itself: the user in its tags, the rest in the variables that it was started with. `undefined` for
 * a task that none of our executors started; a member that a task of another version lacks is an empty text.
 */
export function toTaskDescription(task: Task): TaskDescription | undefined {
  const command = variableOf(task, runnerContainer, 'RUNVOY_COMMAND');
  if (command === undefined) return undefined;
  const requestId = variableOf(task, sidecarContainer, sidecarVariables.requestId);
  const createdAt = task.createdAt ?? task.startedAt ?? task.stoppedAt ?? new Date(0);
  return {
    ...toTaskState(task),
    userEmail: task.tags?.find(({ key }) => key === 'UserEmail')?.value ?? '',
    imageId: variableOf(task, sidecarContainer, sidecarVariables.imageId) ?? '',
    command,
    createdAt,
    ...(requestId !== undefined && requestId !== '' && { requestId }),
  };
}

/** The first of that name: what the executor itself set comes before the user's. */
function variableOf(task: Task, container: string, variable: string): string | undefined {
  const override = task.overrides?.containerOverrides?.find(({ name }) => name === container);
  return override?.environment?.find(({ name }) => name === variable)?.value;
}
