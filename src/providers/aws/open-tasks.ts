import type { RequestContext } from '../../contracts/index.js';

/** A task that has not ended as far as anybody knows. */
export interface OpenTask {
  readonly executionId: string;
  /** When it was asked for. */
  readonly startedAt: Date;
}

/** The tasks whose state is asked for again and again: what was open at the start, and what was started since. */
export interface OpenTasks {
  add(task: OpenTask): void;
  delete(executionId: string): void;
  /** Hands over every task there is, and from then on each that is added, until what it returns is called. */
  subscribe(onAdd: (task: OpenTask) => void): () => void;
  /** Adds what was open before this process; does nothing once it has succeeded. */
  load(ctx: RequestContext): Promise<void>;
}

/** @param listOpen Reads what is open from the records. */
export function createOpenTasks(
  listOpen: (ctx: RequestContext) => AsyncIterable<OpenTask> = async function* () {
    // Nothing was there before.
  },
): OpenTasks {
  const tasks = new Map<string, OpenTask>();
  const subscribers = new Set<(task: OpenTask) => void>();
  let isLoaded = false;

  const add = (task: OpenTask): void => {
    if (tasks.has(task.executionId)) return;
    tasks.set(task.executionId, task);
    for (const tell of subscribers) tell(task);
  };

  return {
    add,
    delete: (executionId) => void tasks.delete(executionId),
    subscribe(onAdd) {
      for (const task of tasks.values()) onAdd(task);
      subscribers.add(onAdd);
      return () => void subscribers.delete(onAdd);
    },
    async load(ctx) {
      if (isLoaded) return;
      for await (const task of listOpen(ctx)) add(task);
      isLoaded = true;
    },
  };
}
