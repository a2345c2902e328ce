import type { TaskState } from '../contracts/index.js';

/** What the queue works with. */
export interface RetryQueueOptions {
  /** Resolves to whether the state has been dealt with; a failure counts as `false`. */
  readonly attempt: (state: TaskState) => Promise<boolean>;
  /** Told when a state is given up. */
  readonly onGivenUp: (state: TaskState) => void;
  /** Milliseconds before the first retry; doubled each time. */
  readonly firstDelay: number;
  /** Longest delay; the state is given up when it has been reached and was not enough. */
  readonly lastDelay: number;
}

/** Keeps states that could not be applied yet, one per task, and tries again on its own. */
export interface RetryQueue {
  /** Takes the latest state of a task in place of an earlier one that still waits. */
  add(state: TaskState): void;
  /** Forgets everything that waits. */
  close(): void;
}

/** Makes a queue whose timers do not keep the process alive. */
export function createRetryQueue({
  attempt,
  onGivenUp,
  firstDelay,
  lastDelay,
}: RetryQueueOptions): RetryQueue {
  const waiting = new Map<string, { readonly state: TaskState; readonly timer: NodeJS.Timeout }>();

  const schedule = (state: TaskState, delay: number): void => {
    clearTimeout(waiting.get(state.executionId)?.timer);
    const timer = setTimeout(() => {
      void attempt(state)
        .catch(() => false)
        .then((isDone) => {
          // A later state may have come in meanwhile, or the queue was closed: then this one is of no interest.
          if (waiting.get(state.executionId)?.timer !== timer) return;
          waiting.delete(state.executionId);
          if (isDone) return;
          if (delay >= lastDelay) onGivenUp(state);
          else schedule(state, Math.min(delay * 2, lastDelay));
        });
    }, delay);
    timer.unref();
    waiting.set(state.executionId, { state, timer });
  };

  return {
    add: (state) => schedule(state, firstDelay),
    close: () => {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
