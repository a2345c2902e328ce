import type { Execution, TaskState } from '../contracts/index.js';

/**
 * What to take for the state of a task that the backend does not know: lost, once its execution was started `lostAfter`
 * milliseconds ago; before that, nothing, since a backend may take its time to know a task.
 */
export function lostTask(
  now: () => Date,
  lostAfter?: number,
): (execution: Pick<Execution, 'executionId' | 'startedAt'>) => TaskState | undefined {
  return ({ executionId, startedAt }) => {
    const endedAt = now();
    if (lostAfter !== undefined && endedAt.getTime() - startedAt.getTime() < lostAfter) return undefined;
    return { executionId, phase: 'ended', endedBy: 'lost', endedAt };
  };
}
