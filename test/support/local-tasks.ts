import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

import type { TaskObserver, TaskRequest, TaskState } from '../../src/contracts/index.js';
import type { Isolation } from '../../src/providers/local/isolation.js';
import { probeIsolation } from '../../src/providers/local/isolation.js';
import { createLocalLogAggregator } from '../../src/providers/local/local-log-aggregator.js';
import { createLocalTaskExecutor, defaultTaskPath } from '../../src/providers/local/local-task-executor.js';
import type { LocalTaskExecutorOptions } from '../../src/providers/local/local-task-executor.js';
import { createLocalTaskObserver } from '../../src/providers/local/local-task-observer.js';
import { openStore } from '../../src/providers/local/open-store.js';
import { probeLimits } from '../../src/providers/local/resource-limits.js';
import { openTaskDirectory } from '../../src/providers/local/task-directory.js';
import { createTaskTable } from '../../src/providers/local/task-table.js';
import { supervisorPath } from './supervisor-path.js';
import { until } from './until.js';

/** Neither covered in a sandbox nor in its private `/tmp`, so that tasks can be talked to through files. */
const visibleDirectory = dirname(supervisorPath);

export const imageId = 'alpine:latest-c5c74c0e';
const ctx = { requestId: 'request-1' };

/** A task that does what it is told, when it is told. */
export interface ControlledTask {
  readonly executionId: string;
  /** Runs shell text in the task; the next one begins once it is done. */
  readonly tell: (script: string) => void;
}

/** A tree of isolation kinds is what tests are repeated for. Says why one is missing. */
export async function findIsolations(): Promise<readonly Isolation['kind'][]> {
  const stateDirectory = mkdtempSync(join(visibleDirectory, 'probe-'));
  try {
    const { kind, description } = await probeIsolation({
      mode: 'auto',
      stateDirectory,
      path: defaultTaskPath,
    });
    if (kind === 'bubblewrap') return ['none', 'bubblewrap'];
    console.warn(`Tests in a sandbox are left out: ${description}`);
    return ['none'];
  } finally {
    rmSync(stateDirectory, { recursive: true, force: true });
  }
}

/** The task half of the local provider on real files and processes; both are gone when the running test ends. */
export async function openLocalTasks(
  mode: Isolation['kind'],
  options: Partial<LocalTaskExecutorOptions> = {},
) {
  mkdirSync(visibleDirectory, { recursive: true });
  const stateDirectory = mkdtempSync(join(visibleDirectory, 'state-'));
  const scripts = mkdtempSync(join(visibleDirectory, 'scripts-'));
  const database = openStore(stateDirectory);
  const tasksDirectory = options.tasksDirectory ?? join(stateDirectory, 'tasks');
  const now = (): Date => new Date();
  const isolation = await probeIsolation({ mode, stateDirectory, path: defaultTaskPath });
  const shared = { database: database.connection, tasksDirectory, now };
  const taskExecutor = createLocalTaskExecutor({
    ...shared,
    nextId: () => randomBytes(16).toString('hex'),
    findImageLimits: (id) => (id === imageId ? { cpu: 256, memory: 512 } : undefined),
    isolation,
    limits: probeLimits({ root: '/nonexistent' }),
    supervisorPath,
    ...options,
  });
  const taskObserver = createLocalTaskObserver(shared);
  const logAggregator = createLocalLogAggregator(shared);
  const table = createTaskTable(database.connection);
  onTestFinished(async () => {
    await endAll();
    database.close();
    rmSync(stateDirectory, { recursive: true, force: true });
    rmSync(scripts, { recursive: true, force: true });
  });

  /** Whatever a test has left running is killed, supervisors first: what they leave is taken over. */
  async function endAll(): Promise<void> {
    const open = table.listTasksNotEnded();
    for (const { executionId } of open) {
      const claim = openTaskDirectory(tasksDirectory, executionId).findClaim() ?? '';
      const pid = table.findTask(executionId)?.supervisor?.pid ?? Number(claim.split(':')[0]);
      if (pid > 0) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It has ended by itself.
        }
      }
    }
    const ids = open.map(({ executionId }) => executionId);
    await until(
      () => taskObserver.describeTasks(ctx, ids),
      (states) => [...states.values()].every(({ phase }) => phase === 'ended'),
    );
  }

  async function start(request: Partial<TaskRequest> & { readonly command: string }): Promise<string> {
    const { executionId } = await taskExecutor.startTask(ctx, 'ada@example.com', { imageId, ...request });
    return executionId;
  }

  async function startControlled(): Promise<ControlledTask> {
    const directory = mkdtempSync(join(scripts, 'task-'));
    const executionId = await start({
      command:
        'n=1; while :; do f="$SCRIPTS/$n"; if [ -e "$f" ]; then . "$f"; n=$((n+1)); else sleep 0.01; fi; done',
      env: { SCRIPTS: directory },
    });
    let told = 0;
    return {
      executionId,
      tell(script) {
        told += 1;
        writeFileSync(join(directory, 'draft'), script);
        renameSync(join(directory, 'draft'), join(directory, String(told)));
      },
    };
  }

  return {
    taskExecutor,
    taskObserver,
    logAggregator,
    table,
    database,
    stateDirectory,
    tasksDirectory,
    start,
    startControlled,
    untilEnded: (executionId: string) => untilEnded(taskObserver, executionId),
  };
}

/** Waits for the end of a task and resolves to how it ended. */
export async function untilEnded(taskObserver: TaskObserver, executionId: string): Promise<TaskState> {
  const state = await until(
    async () => (await taskObserver.describeTasks(ctx, [executionId])).get(executionId),
    (found) => found?.phase === 'ended',
  );
  if (state === undefined) throw new Error(`no task ${executionId}`);
  return state;
}
