import type {
  Execution,
  ExecutionRepository,
  ExecutionTransition,
  RequestContext,
  TaskState,
} from '../contracts/index.js';
import { hasEnded } from './execution-lifecycle.js';
import { taskOutcome } from './task-outcome.js';

/** What the record of an execution is brought up to date with. */
export interface ApplyTaskStateDependencies {
  readonly executions: Pick<ExecutionRepository, 'findExecution' | 'transition'>;
  readonly now: () => Date;
  readonly newRequestId: () => string;
}

/**
 * Every lost race means that somebody else moved the record, and three moves lead from the first status to the last:
 * more rounds than that are a store that lies.
 */
const maxRounds = 8;

function completion(
  execution: Execution,
  state: TaskState,
  { now, newRequestId }: ApplyTaskStateDependencies,
): Omit<ExecutionTransition, 'from' | 'to'> {
  const completedAt = state.endedAt ?? now();
  const begunAt = state.startedAt ?? execution.startedAt;
  const seconds = Math.floor((completedAt.getTime() - begunAt.getTime()) / 1000);
  return { completedAt, durationSeconds: Math.max(0, seconds), requestId: newRequestId() };
}

/** The one move that brings a record nearer to the state of its task, or nothing when it is as near as it can be. */
function nextMove(
  execution: Execution,
  state: TaskState,
  dependencies: ApplyTaskStateDependencies,
): ExecutionTransition | undefined {
  const { status } = execution;
  if (state.phase === 'starting' || hasEnded(status)) return undefined;
  if (state.phase === 'running') {
    return status === 'STARTING' ? { from: [status], to: 'RUNNING' } : undefined;
  }
  // Somebody was told that the task is being stopped: that is how it ends, whichever of the two was faster.
  const outcome = taskOutcome(status === 'TERMINATING' ? { endedBy: 'kill' } : state);
  // A fast task is over before anybody saw it run, but it did run.
  if (status === 'STARTING' && outcome.status !== 'FAILED') return { from: [status], to: 'RUNNING' };
  return {
    from: [status],
    to: outcome.status,
    exitCode: outcome.exitCode,
    ...completion(execution, state, dependencies),
  };
}

/**
 * Brings the record of an execution up to date with what the backend says of its task, step by step and by
 * compare-and-set. Resolves to the record as it then is, or to nothing when there is no record (yet).
 */
export async function applyTaskState(
  dependencies: ApplyTaskStateDependencies,
  ctx: RequestContext,
  state: TaskState,
): Promise<Execution | undefined> {
  const { executions } = dependencies;
  for (let round = 1; ; round += 1) {
    const execution = await executions.findExecution(ctx, state.executionId);
    const move = execution && nextMove(execution, state, dependencies);
    if (move === undefined) return execution;
    if (round > maxRounds)
      throw new Error(`The record of ${state.executionId} does not keep what is written to it.`);
    await executions.transition(ctx, state.executionId, move);
  }
}
