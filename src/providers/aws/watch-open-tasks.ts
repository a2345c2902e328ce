import { findAppError, type RequestContext, type TaskState } from '../../contracts/index.js';
import type { Log } from './log.js';
import type { OpenTask, OpenTasks } from './open-tasks.js';
import type { Sleep } from './sleep.js';

/** What a look at a task shows. */
export interface WatchedTask {
  readonly state: TaskState;
  /** Seconds that its command may run. */
  readonly timeLimit: number | undefined;
}

/** What open tasks are watched with. */
export interface WatchOpenTasksOptions {
  readonly describe: (
    ctx: RequestContext,
    executionIds: readonly string[],
  ) => Promise<ReadonlyMap<string, WatchedTask>>;
  /** Stops a task that ran too long. */
  readonly stop: (ctx: RequestContext, executionId: string) => Promise<void>;
  readonly openTasks: OpenTasks;
  readonly now: () => Date;
  readonly sleep: Sleep;
  /** Milliseconds between two looks. */
  readonly pollInterval: number;
  readonly log?: Pick<Log, 'warn'> | undefined;
}

/** ECS remembers a stopped task for an hour at least. */
const forgottenAfter = 3_600_000;
const longestWait = 60_000;

/**
 * Looks at every open task, and tells each change, until the signal aborts. An outage is waited out: a watch that began
 * anew would have to learn again what it knows.
 */
export async function* watchOpenTasks(
  ctx: RequestContext,
  { describe, stop, openTasks, now, sleep, pollInterval, log }: WatchOpenTasksOptions,
): AsyncGenerator<TaskState> {
  await openTasks.load(ctx);
  const watched = new Map<string, { readonly task: OpenTask; seen?: string; isStopped?: boolean }>();
  const unsubscribe = openTasks.subscribe((task) => watched.set(task.executionId, { task }));
  const isOutOfTime = ({ state: { phase, startedAt }, timeLimit }: WatchedTask): boolean =>
    timeLimit !== undefined &&
    phase === 'running' &&
    now().getTime() - (startedAt ?? now()).getTime() >= timeLimit * 1_000;
  /** What cannot be stopped now is stopped at the next look; it must not keep the others from being seen. */
  const hasStopped = async (executionId: string): Promise<boolean> => {
    try {
      await stop(ctx, executionId);
      return true;
    } catch (error) {
      log?.warn({ err: error, executionId }, 'failed to stop a task that ran out of time');
      return false;
    }
  };
  const stateOfUnknown = ({ executionId, startedAt }: OpenTask): TaskState | undefined =>
    now().getTime() - startedAt.getTime() < forgottenAfter
      ? undefined
      : { executionId, phase: 'ended', endedBy: 'lost' };

  try {
    for (let wait = pollInterval; ;) {
      try {
        const looks = await describe(ctx, [...watched.keys()]);
        wait = pollInterval;
        for (const [executionId, entry] of watched) {
          const look = looks.get(executionId);
          const state = look?.state ?? stateOfUnknown(entry.task);
          if (state === undefined) continue;
          if (look !== undefined && entry.isStopped !== true && isOutOfTime(look))
            entry.isStopped = await hasStopped(executionId);
          const seen = JSON.stringify(state);
          if (entry.seen === seen) continue;
          entry.seen = seen;
          if (state.phase === 'ended') {
            watched.delete(executionId);
            openTasks.delete(executionId);
          }
          yield state;
        }
      } catch (error) {
        if (findAppError(error)?.status !== 503 || ctx.signal?.aborted === true) throw error;
        wait = Math.min(wait * 2, longestWait);
        log?.warn({ err: error, wait }, 'failed to look at the tasks');
      }
      await sleep(wait, ctx.signal);
    }
  } finally {
    unsubscribe();
  }
}
