import { AppError } from '../../src/contracts/index.js';
import type {
  LogAggregator,
  LogEvent,
  TaskDescription,
  TaskEnding,
  TaskExecutor,
  TaskObserver,
  TaskState,
} from '../../src/contracts/index.js';

/** What tests do to tasks, since nothing runs here by itself. */
export interface TaskControls {
  /** The command has begun. */
  begin(executionId: string): void;
  /** The command has printed a line. */
  print(executionId: string, message: string, stream?: 'stdout' | 'stderr'): void;
  /** The task is over. A task that was killed ends by `kill` whatever is said here. */
  end(executionId: string, exitCode: number, endedBy?: TaskEnding): void;
  /** IDs of all tasks, oldest first. */
  ids(): string[];
}

/** Tasks of an in-memory backend, from every side. */
export interface InMemoryTasks {
  readonly taskExecutor: TaskExecutor;
  readonly taskObserver: TaskObserver;
  readonly logAggregator: LogAggregator;
  readonly controls: TaskControls;
}

interface Task {
  description: TaskDescription;
  isEnding: boolean;
  readonly log: LogEvent[];
}

/** Tasks that begin, print and end when a test says so. IDs are `task-1`, `task-2`, … */
export function createInMemoryTasks({
  now,
  hasImage,
}: {
  now: () => Date;
  hasImage: (imageId: string) => boolean;
}): InMemoryTasks {
  const tasks = new Map<string, Task>();
  const changes: TaskState[] = [];
  let wake: (() => void)[] = [];

  function changed(): void {
    const waiting = wake;
    wake = [];
    for (const resume of waiting) resume();
  }

  /** Resolves at the next change, or when the signal aborts. */
  function nextChange(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      wake.push(resolve);
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  function known(executionId: string): Task {
    const task = tasks.get(executionId);
    if (task === undefined) throw new AppError('NOT_FOUND', 'task not found');
    return task;
  }

  function setState(task: Task, change: Partial<TaskState>): void {
    task.description = { ...task.description, ...change };
    changes.push(stateOf(task.description));
    changed();
  }

  const taskExecutor: TaskExecutor = {
    async startTask(ctx, userEmail, { imageId, command }) {
      ctx.signal?.throwIfAborted();
      if (!hasImage(imageId)) throw new AppError('INVALID_REQUEST', 'image not registered');
      const executionId = `task-${tasks.size + 1}`;
      const createdAt = now();
      const description: TaskDescription = {
        executionId,
        phase: 'starting',
        userEmail,
        imageId,
        command,
        createdAt,
        requestId: ctx.requestId,
      };
      tasks.set(executionId, { description, isEnding: false, log: [] });
      return { executionId, createdAt };
    },

    async killTask(_ctx, executionId) {
      const task = known(executionId);
      if (task.isEnding || task.description.phase === 'ended') {
        throw new AppError('INVALID_REQUEST', 'task is already terminated or terminating');
      }
      task.isEnding = true;
    },
  };

  const taskObserver: TaskObserver = {
    async describeTasks(_ctx, executionIds) {
      return new Map(
        executionIds.flatMap((executionId) => {
          const task = tasks.get(executionId);
          return task === undefined ? [] : [[executionId, stateOf(task.description)] as const];
        }),
      );
    },

    async *watchTasks({ signal }) {
      for (let next = changes.length; ; next += 1) {
        while (next >= changes.length && signal?.aborted !== true) await nextChange(signal);
        const change = changes[next];
        if (change === undefined || signal?.aborted === true) return;
        yield change;
      }
    },

    async *listTasks() {
      for (const { description } of tasks.values()) yield description;
    },
  };

  const logAggregator: LogAggregator = {
    async fetchExecutionLogs(_ctx, executionId) {
      if (executionId === '') throw new AppError('INVALID_REQUEST', 'executionID is required');
      const task = tasks.get(executionId);
      if (task === undefined || (task.description.phase === 'starting' && !task.isEnding)) {
        throw new AppError('SERVICE_UNAVAILABLE', `log stream '${executionId}' does not exist yet`);
      }
      return [...task.log];
    },

    async *readExecutionLogs({ signal }, executionId, { after, follow = false } = {}) {
      if (executionId === '') throw new AppError('INVALID_REQUEST', 'executionID is required');
      const task = tasks.get(executionId);
      if (task === undefined) {
        throw new AppError('SERVICE_UNAVAILABLE', `log stream '${executionId}' does not exist yet`);
      }
      for (let next = Number(after ?? 0); signal?.aborted !== true;) {
        const event = task.log[next];
        if (event !== undefined) {
          yield event;
          next += 1;
        } else if (follow && task.description.phase !== 'ended') {
          await nextChange(signal);
        } else {
          return;
        }
      }
    },
  };

  const controls: TaskControls = {
    begin(executionId) {
      setState(known(executionId), { phase: 'running', startedAt: now() });
    },
    print(executionId, message, stream = 'stdout') {
      const { log } = known(executionId);
      log.push({ timestamp: now().getTime(), message, position: String(log.length + 1), stream });
      changed();
    },
    end(executionId, exitCode, endedBy = 'exit') {
      const task = known(executionId);
      setState(task, {
        phase: 'ended',
        endedAt: now(),
        exitCode: task.isEnding ? 130 : exitCode,
        endedBy: task.isEnding ? 'kill' : endedBy,
      });
    },
    ids: () => [...tasks.keys()],
  };

  return { taskExecutor, taskObserver, logAggregator, controls };
}

function stateOf({ executionId, phase, startedAt, endedAt, exitCode, endedBy }: TaskDescription): TaskState {
  return { executionId, phase, startedAt, endedAt, exitCode, endedBy };
}
