import { symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type Database from 'libsql';

import { AppError } from '../../contracts/index.js';
import type { RequestContext, ResourceConfig, TaskExecutor, TaskRequest } from '../../contracts/index.js';
import { checkTaskRequest } from './check-task-request.js';
import { describeTask } from './describe-task.js';
import { handOver, undoHandOver } from './hand-over.js';
import type { Isolation } from './isolation.js';
import { planCheckout } from './plan-checkout.js';
import type { Limits } from './resource-limits.js';
import { settleTask } from './settle-task.js';
import { makeTaskDirectory, openTaskDirectory, parseClaim, prepareTasksDirectory } from './task-directory.js';
import type { TaskDirectory } from './task-directory.js';
import { findProcessStartTime, sendSignal, syncDirectory } from './task-supervisor.js';
import { createTaskTable } from './task-table.js';
import type { TaskRecord } from './task-table.js';

/** What an operator may choose about tasks. */
export interface LocalTaskSettings {
  /** Milliseconds between SIGTERM and SIGKILL. Default 10 s. */
  readonly killGraceMs?: number | undefined;
  /** Bytes of a task's log that are kept. Default 1 GiB. */
  readonly logCapBytes?: number | undefined;
  /** `PATH` of tasks, and where `git` is looked for. */
  readonly path?: string | undefined;
}

/** What the local executor is made of. */
export interface LocalTaskExecutorOptions {
  /** A migrated database. */
  readonly database: Pick<Database.Database, 'prepare'>;
  /** Holds a directory for each task; made when it is missing. */
  readonly tasksDirectory: string;
  readonly now: () => Date;
  /** Makes execution IDs: 32 lower-case hexadecimal digits, as ECS makes them. */
  readonly nextId: () => string;
  /** Limits of a registered image; `undefined` when there is no such image. */
  readonly findImageLimits: (
    imageId: string,
  ) => ResourceConfig | undefined | Promise<ResourceConfig | undefined>;
  readonly isolation: Isolation;
  readonly limits: Limits;
  readonly settings?: LocalTaskSettings | undefined;
  /** The supervisor's program. Default: the file beside this one. */
  readonly supervisorPath?: string | undefined;
}

/** What tasks find programs by, unless a setting says otherwise. */
export const defaultTaskPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const defaultKillGraceMs = 10_000;
const defaultLogCapBytes = 1024 ** 3;

/** Runs commands as processes of this machine, each with a supervisor of its own that outlives this server. */
export function createLocalTaskExecutor(options: LocalTaskExecutorOptions): TaskExecutor {
  const { database, tasksDirectory, now, nextId, findImageLimits, isolation, limits } = options;
  const supervisorPath =
    options.supervisorPath ?? fileURLToPath(new URL('./task-supervisor.js', import.meta.url));
  const settings = {
    path: options.settings?.path ?? defaultTaskPath,
    killGraceMs: options.settings?.killGraceMs ?? defaultKillGraceMs,
    logCapBytes: options.settings?.logCapBytes ?? defaultLogCapBytes,
  };
  const tasks = createTaskTable(database);
  prepareTasksDirectory(tasksDirectory);

  /** The row comes first, so that no crash leaves a process that nobody knows of. */
  function recordTask(ctx: RequestContext, userEmail: string, request: TaskRequest): TaskRecord {
    const { imageId, command, timeout = 0 } = request;
    const executionId = nextId();
    if (!/^[0-9a-f]{32}$/.test(executionId)) throw new Error(`not an execution ID: ${executionId}`);
    const createdAt = now();
    const deadline = timeout > 0 ? new Date(createdAt.getTime() + timeout * 1000) : undefined;
    const { requestId } = ctx;
    const described = { executionId, userEmail, imageId, command, requestId, createdAt };
    const record: TaskRecord = { ...described, phase: 'starting', deadline };
    tasks.insertTask(record);
    return record;
  }

  function findSupervisor(record: TaskRecord) {
    const claim = openTaskDirectory(tasksDirectory, record.executionId).findClaim();
    // Before the claim it does not listen for signals yet, and will look for itself.
    return claim === undefined ? undefined : (record.supervisor ?? parseClaim(claim));
  }

  return {
    async startTask(ctx, userEmail, request) {
      checkTaskRequest(request);
      planCheckout(request, { path: settings.path, home: '/' });
      const resources = await findImageLimits(request.imageId);
      if (resources === undefined) throw new AppError('INVALID_REQUEST', 'image not registered');
      ctx.signal?.throwIfAborted();

      const record = recordTask(ctx, userEmail, request);
      const { executionId } = record;
      const directory = openTaskDirectory(tasksDirectory, executionId);
      let controlGroup: string | undefined;
      try {
        makeTaskDirectory(directory);
        controlGroup = limits.makeGroup(executionId, resources);
        const instruction = describeTask({ record, request, directory, isolation, controlGroup, settings });
        await handOver({ supervisorPath, path: settings.path, directory, instruction, tasks });
      } catch (cause) {
        undoHandOver(directory, executionId, { tasks, controlGroup });
        throw new AppError('INTERNAL_ERROR', 'failed to start task', { cause });
      }
      return { executionId, createdAt: record.createdAt };
    },

    async killTask(ctx, executionId) {
      ctx.signal?.throwIfAborted();
      const record = tasks.findTask(executionId);
      if (record === undefined) throw new AppError('NOT_FOUND', 'task not found');
      const { state } = settleTask({ tasks, tasksDirectory, now }, record);
      if (state.phase === 'ended') throw isOver('STOPPED');
      orderKill(openTaskDirectory(tasksDirectory, executionId));
      const supervisor = findSupervisor(record);
      if (supervisor !== undefined && findProcessStartTime(supervisor.pid) === supervisor.startTime) {
        sendSignal(supervisor.pid, 'SIGTERM');
      }
    },
  };
}

const isOver = (status: 'STOPPED' | 'STOPPING'): AppError =>
  new AppError('INVALID_REQUEST', 'task is already terminated or terminating', {
    cause: new Error(`task status: ${status}`),
  });

/** Leaves an order that no crash and no full disk can swallow; whoever reminds the supervisor of it comes later. */
function orderKill({ path, pathOf }: TaskDirectory): void {
  try {
    symlinkSync('kill', pathOf('ending'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw isOver('STOPPING');
    throw new AppError('INTERNAL_ERROR', 'failed to stop task', { cause });
  }
  syncDirectory(path);
}
