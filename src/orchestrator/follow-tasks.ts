import type { ProviderUpkeep, RequestContext, TaskObserver, TaskState } from '../contracts/index.js';
import { applyOpenTasks } from './apply-open-tasks.js';
import type { ApplyOpenTasksDependencies } from './apply-open-tasks.js';
import { applyTaskState } from './apply-task-state.js';
import type { Log } from './log.js';
import { lostTask } from './lost-task.js';
import { createRetryQueue } from './retry-queue.js';
import { sleep } from './sleep.js';

/** What tasks are followed with. */
export interface FollowTasksDependencies extends ApplyOpenTasksDependencies {
  readonly taskObserver: Pick<TaskObserver, 'describeTasks' | 'watchTasks'>;
  readonly upkeep?: Pick<ProviderUpkeep, 'lostAfter' | 'sweepEvery'> | undefined;
  readonly log: Log;
}

/** Waits of the follower, in milliseconds. */
export interface FollowTasksTimes {
  /** First wait before a failed watch is begun again; doubled up to `lastBackoff`. */
  readonly firstBackoff: number;
  readonly lastBackoff: number;
  /** First wait for a record that is not there yet; doubled up to `lastRetry`. */
  readonly firstRetry: number;
  readonly lastRetry: number;
  /** How often every open execution is compared with its task, whatever the watch has said. */
  readonly sweepEvery: number;
}

/** A start has 30 s to write its record: the waits for one add up to more than that. */
const usualTimes: FollowTasksTimes = {
  firstBackoff: 500,
  lastBackoff: 30_000,
  firstRetry: 25,
  lastRetry: 30_000,
  sweepEvery: 60_000,
};

/**
 * Follows every task until `ctx.signal` aborts, and writes RUNNING and the final statuses into the records; together
 * with {@link applyTaskState}, which it shares with refreshing and recovery, it is the only writer of these.
 * A watch that fails is begun again; what was missed meanwhile is found by comparing the open executions.
 */
export async function followTasks(
  dependencies: FollowTasksDependencies,
  ctx: RequestContext,
  times: FollowTasksTimes = usualTimes,
): Promise<void> {
  const { taskObserver, upkeep: { lostAfter, sweepEvery = times.sweepEvery } = {}, log, now } = dependencies;
  const { signal } = ctx;
  const isOver = (): boolean => signal?.aborted === true;

  const apply = async (state: TaskState): Promise<boolean> => {
    try {
      const execution = await applyTaskState(dependencies, ctx, state);
      return execution !== undefined;
    } catch (error) {
      if (!isOver())
        log.warn({ err: error, executionId: state.executionId }, 'failed to record the state of a task');
      return false;
    }
  };
  const queue = createRetryQueue({
    attempt: apply,
    // Recovery makes the record at the next start; a start that failed has stopped the task itself.
    onGivenUp: ({ executionId, phase }) => log.warn({ executionId, phase }, 'a task has no record'),
    firstDelay: times.firstRetry,
    lastDelay: times.lastRetry,
  });

  const sweep = async (): Promise<void> => {
    try {
      // A backend that never forgets has lost nothing while it is watched.
      const stateOfUnknown = lostAfter === undefined ? undefined : lostTask(now, lostAfter);
      await applyOpenTasks(dependencies, ctx, stateOfUnknown);
    } catch (error) {
      if (!isOver()) log.warn({ err: error }, 'failed to compare the open executions with their tasks');
    }
  };
  const sweepNowAndThen = async (): Promise<void> => {
    for (;;) {
      await sleep(sweepEvery, signal);
      if (isOver()) return;
      await sweep();
    }
  };

  const watch = async (onState: () => void): Promise<void> => {
    const states = taskObserver.watchTasks(ctx)[Symbol.asyncIterator]();
    try {
      // The watch has begun before the open executions are compared, so that no change falls between the two.
      let next = states.next();
      next.catch(() => undefined);
      await sweep();
      for (;;) {
        const result = await next;
        if (result.done === true) return;
        onState();
        if (!(await apply(result.value))) queue.add(result.value);
        next = states.next();
      }
    } finally {
      await states.return?.();
    }
  };

  const sweeping = sweepNowAndThen();
  try {
    for (let backoff = times.firstBackoff; !isOver(); backoff = Math.min(backoff * 2, times.lastBackoff)) {
      try {
        await watch(() => (backoff = times.firstBackoff));
      } catch (error) {
        if (!isOver()) log.error({ err: error }, 'lost sight of the tasks; looking again');
      }
      if (!isOver()) await sleep(backoff, signal);
    }
  } finally {
    queue.close();
    await sweeping;
  }
}
