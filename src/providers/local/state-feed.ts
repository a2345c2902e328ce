import type { TaskState } from '../../contracts/index.js';

/** Hands every change of a task to everybody who listens. */
export interface StateFeed {
  /** A state that was published before is not published again. */
  publish(state: TaskState): void;
  /** Ends every listener's iteration with an error. */
  fail(error: unknown): void;
  isWanted(): boolean;
  /** Aborts when the last listener leaves. */
  whenUnwanted(): AbortSignal;
  /** Listens from the first `next()` on, which also calls `onWanted`, until the signal aborts. */
  subscribe(signal: AbortSignal | undefined, onWanted: () => void): AsyncIterable<TaskState>;
}

/** How many tasks it is remembered of which phase was published; a repetition that slips through does no harm. */
const rememberedTasks = 10_000;

interface Listener {
  /** The latest state per task: a listener that is slow sees fewer of them, and needs no more memory than tasks do. */
  readonly waiting: Map<string, TaskState>;
  error: { readonly value: unknown } | undefined;
  wake: () => void;
}

/** A feed without listeners. */
export function createStateFeed(): StateFeed {
  const listeners = new Set<Listener>();
  const published = new Map<string, TaskState['phase']>();
  let unwanted = new AbortController();

  function isNews({ executionId, phase }: TaskState): boolean {
    const before = published.get(executionId);
    if (phase === 'starting' || before === phase || before === 'ended') return false;
    published.delete(executionId);
    published.set(executionId, phase);
    const [oldest] = published.keys();
    if (published.size > rememberedTasks && oldest !== undefined) published.delete(oldest);
    return true;
  }

  async function* listen(signal: AbortSignal | undefined, onWanted: () => void): AsyncGenerator<TaskState> {
    const listener: Listener = { waiting: new Map(), error: undefined, wake: () => undefined };
    const wake = (): void => listener.wake();
    listeners.add(listener);
    signal?.addEventListener('abort', wake);
    if (unwanted.signal.aborted) unwanted = new AbortController();
    onWanted();
    try {
      while (signal?.aborted !== true) {
        if (listener.error !== undefined) throw listener.error.value;
        const [next] = listener.waiting.values();
        if (next === undefined) {
          await new Promise<void>((resolve) => (listener.wake = resolve));
          continue;
        }
        listener.waiting.delete(next.executionId);
        yield next;
      }
    } finally {
      signal?.removeEventListener('abort', wake);
      listeners.delete(listener);
      if (listeners.size === 0) unwanted.abort();
    }
  }

  return {
    publish(state) {
      if (listeners.size === 0 || !isNews(state)) return;
      for (const listener of listeners) {
        listener.waiting.set(state.executionId, state);
        listener.wake();
      }
    },
    fail(error) {
      for (const listener of listeners) {
        listener.error = { value: error };
        listener.wake();
      }
    },
    isWanted: () => listeners.size > 0,
    whenUnwanted: () => unwanted.signal,
    subscribe: (signal, onWanted) => ({ [Symbol.asyncIterator]: () => listen(signal, onWanted) }),
  };
}
