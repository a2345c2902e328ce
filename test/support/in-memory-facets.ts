import type { Facets, LogEvent, TaskObserver } from '../../src/contracts/index.js';
import { createInMemoryImageRegistry } from './in-memory-image-registry.js';
import { createInMemoryTasks } from './in-memory-tasks.js';
import type { TaskControls } from './in-memory-tasks.js';

/** The facets of a backend that exists in memory only, and what tests do to it. */
export interface InMemoryFacets extends Facets {
  readonly taskObserver: TaskObserver;
  readonly tasks: TaskControls;
  /** Becomes part of what the backend logged while it served a request. */
  logBackend(requestId: string, message: string): void;
}

/** Deterministic facets: the clock is handed in, IDs are counted, tasks do what a test tells them. */
export function createInMemoryFacets({ now }: { now: () => Date }): InMemoryFacets {
  const imageRegistry = createInMemoryImageRegistry({ now });
  const { taskExecutor, taskObserver, logAggregator, controls } = createInMemoryTasks({
    now,
    hasImage: imageRegistry.hasImage,
  });
  const backendLog = new Map<string, LogEvent[]>();
  return {
    taskExecutor,
    imageRegistry,
    logAggregator,
    backendObservability: {
      async fetchBackendLogs(_ctx, requestId) {
        return [...(backendLog.get(requestId) ?? [])];
      },
    },
    taskObserver,
    tasks: controls,
    logBackend(requestId, message) {
      const event = { timestamp: now().getTime(), message };
      backendLog.set(requestId, [...(backendLog.get(requestId) ?? []), event]);
    },
  };
}

/** A clock that moves on by one second each time it is read. */
export function createSteppingClock(start = '2026-11-24T08:00:00Z'): () => Date {
  let next = Date.parse(start);
  return () => {
    const time = new Date(next);
    next += 1000;
    return time;
  };
}
