import type { RequestContext } from './request-context.js';

/** How a task came to its end. */
export type TaskEnding = 'exit' | 'signal' | 'kill' | 'timeout' | 'lost' | 'failed-to-start';

/** What the backend knows of a task now. */
export interface TaskState {
  readonly executionId: string;
  readonly phase: 'starting' | 'running' | 'ended';
  /** When the command began. */
  readonly startedAt?: Date | undefined;
  readonly endedAt?: Date | undefined;
  /** Exit code as a shell would report it (128 + n for signal n); absent when none is known. */
  readonly exitCode?: number | undefined;
  /** Present when `phase` is `ended`. */
  readonly endedBy?: TaskEnding | undefined;
}

/** A task as the executor recorded it before starting it: what recovery needs to make a lost execution record. */
export interface TaskDescription extends TaskState {
  readonly userEmail: string;
  readonly imageId: string;
  readonly command: string;
  readonly createdAt: Date;
  readonly requestId?: string | undefined;
}

/** Tells what became of tasks, which `Runner` never could. */
export interface TaskObserver {
  /** The state of each task that is known; unknown ones are absent from the map. */
  describeTasks(
    ctx: RequestContext,
    executionIds: readonly string[],
  ): Promise<ReadonlyMap<string, TaskState>>;

  /**
   * Every change of every task as it becomes known, from the first `next()` on, until `ctx.signal` aborts
   * (which ends the iteration without an error). A task that passes through a phase unseen shows only the later one.
   */
  watchTasks(ctx: RequestContext): AsyncIterable<TaskState>;

  /** Every task that the backend still remembers, for recovery after a crash. */
  listTasks(ctx: RequestContext): AsyncIterable<TaskDescription>;
}
