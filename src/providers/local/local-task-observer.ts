import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'libsql';

import type { TaskDescription, TaskObserver, TaskState } from '../../contracts/index.js';
import { openChangeSignal } from './change-signal.js';
import { findStartTimes } from './find-start-times.js';
import type { FindStartTime } from './find-start-times.js';
import { settleTask, stateOf } from './settle-task.js';
import { createStateFeed } from './state-feed.js';
import { prepareTasksDirectory } from './task-directory.js';
import { changesDirectoryName } from './task-supervisor.js';
import { createTaskTable } from './task-table.js';
import type { TaskRecord } from './task-table.js';

/** What the local observer is made of. */
export interface LocalTaskObserverOptions {
  /** A migrated database. */
  readonly database: Pick<Database.Database, 'prepare'>;
  /** The same as the executor's. */
  readonly tasksDirectory: string;
  readonly now: () => Date;
}

/** How often every task that has not ended is looked at: finds supervisors that vanished without a word. */
const sweepEveryMs = 2000;
const pageSize = 500;

/** Tells what became of this machine's tasks, also of those that an earlier server started. */
export function createLocalTaskObserver({
  database,
  tasksDirectory,
  now,
}: LocalTaskObserverOptions): TaskObserver {
  const tasks = createTaskTable(database);
  const changesDirectory = join(tasksDirectory, changesDirectoryName);
  const feed = createStateFeed();
  let isWatching = false;
  prepareTasksDirectory(tasksDirectory);

  function settle(record: TaskRecord, findStartTime?: FindStartTime): TaskState {
    const { state, hasChanged } = settleTask({ tasks, tasksDirectory, now, findStartTime }, record);
    if (hasChanged) feed.publish(state);
    return state;
  }

  /** Reads the announcements of supervisors and takes them down. */
  function readAnnouncements(): void {
    const names = readdirSync(changesDirectory);
    for (const executionId of new Set(names.map((name) => name.split('.')[0] ?? ''))) {
      const record = tasks.findTask(executionId);
      if (record === undefined) continue;
      const state = settle(record);
      // Published whether or not the row changed: it may have been brought up to date by a question before.
      feed.publish(state);
    }
    for (const name of names) rmSync(join(changesDirectory, name), { force: true });
  }

  async function sweep(): Promise<void> {
    const records = tasks.listTasksNotEnded();
    const findStartTime = await findStartTimes(records.flatMap(({ supervisor }) => supervisor?.pid ?? []));
    for (const { executionId } of records) {
      // Read again: the look at the processes took its time.
      const record = tasks.findTask(executionId);
      if (record !== undefined) settle(record, findStartTime);
    }
  }

  /** One watch for everybody, for as long as anybody listens. */
  async function watchWhileWanted(): Promise<void> {
    const changes = openChangeSignal(changesDirectory);
    try {
      let lastSweep = -Infinity;
      while (feed.isWanted()) {
        readAnnouncements();
        if (performance.now() - lastSweep >= sweepEveryMs) {
          lastSweep = performance.now();
          await sweep();
        }
        await changes.next(feed.whenUnwanted());
      }
    } finally {
      changes.close();
    }
  }

  function startWatching(): void {
    if (isWatching) return;
    isWatching = true;
    void watchWhileWanted()
      .catch((error: unknown) => feed.fail(error))
      .finally(() => {
        isWatching = false;
        if (feed.isWanted()) startWatching();
      });
  }

  return {
    async describeTasks(ctx, executionIds) {
      ctx.signal?.throwIfAborted();
      const states = new Map<string, TaskState>();
      for (const executionId of executionIds) {
        const record = tasks.findTask(executionId);
        if (record !== undefined) states.set(executionId, settle(record));
      }
      return states;
    },

    watchTasks: (ctx) => feed.subscribe(ctx.signal, startWatching),

    async *listTasks(ctx) {
      for (let after = ''; ;) {
        ctx.signal?.throwIfAborted();
        const page = tasks.listTasks({ after, limit: pageSize });
        for (const record of page) yield describe(record, settle(record));
        const last = page.at(-1);
        if (last === undefined) return;
        after = last.executionId;
      }
    },
  };
}

function describe(record: TaskRecord, state: TaskState): TaskDescription {
  const { userEmail, imageId, command, createdAt, requestId } = record;
  return { ...stateOf(state), userEmail, imageId, command, createdAt, requestId };
}
