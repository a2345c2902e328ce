import type Database from 'libsql';

import { AppError } from '../../contracts/index.js';
import type { LogAggregator, LogEvent } from '../../contracts/index.js';
import { openChangeSignal } from './change-signal.js';
import { settleTask } from './settle-task.js';
import { openTaskDirectory } from './task-directory.js';
import { openTaskLog } from './task-log.js';
import type { TaskLog } from './task-log.js';
import { describeBytes } from './task-supervisor.js';
import type { ExitRecord } from './task-supervisor.js';
import { createTaskTable } from './task-table.js';
import type { TaskRecord } from './task-table.js';

/** What the local log aggregator is made of. */
export interface LocalLogAggregatorOptions {
  /** A migrated database. */
  readonly database: Pick<Database.Database, 'prepare'>;
  /** The same as the executor's. */
  readonly tasksDirectory: string;
  readonly now: () => Date;
}

const answerLimit = 32 * 1024 * 1024;
/** How often a follower that hears nothing asks whether the task is still there. */
const settleEveryMs = 2000;

/** Gives back what tasks printed, from the file that each task's supervisor writes. */
export function createLocalLogAggregator({
  database,
  tasksDirectory,
  now,
}: LocalLogAggregatorOptions): LogAggregator {
  const tasks = createTaskTable(database);

  function requireTask(executionId: string): TaskRecord {
    if (executionId === '') throw new AppError('INVALID_REQUEST', 'executionID is required');
    const record = tasks.findTask(executionId);
    if (record !== undefined) return record;
    throw new AppError('SERVICE_UNAVAILABLE', `log stream 'task/runner/${executionId}' does not exist yet`);
  }

  /** Ends a task that nobody sees to any more, which writes the exit record that its readers wait for. */
  function settle({ executionId }: TaskRecord): void {
    const record = tasks.findTask(executionId);
    if (record !== undefined) settleTask({ tasks, tasksDirectory, now }, record);
  }

  return {
    async fetchExecutionLogs(ctx, executionId) {
      ctx.signal?.throwIfAborted();
      const record = requireTask(executionId);
      settle(record);
      const directory = openTaskDirectory(tasksDirectory, executionId);
      return reading(openTaskLog(directory), async (log) => {
        const exit = directory.findExit();
        const end = await log.size();
        const { skippedLines, skippedBytes } = await log.skipToLast(answerLimit);
        const pages: LogEvent[][] = [];
        for (let page = await log.readPage(end); page.length > 0; page = await log.readPage(end)) {
          ctx.signal?.throwIfAborted();
          pages.push(page);
        }
        const events = pages.flat();
        if (exit !== undefined) events.push(...closingEvents(exit, log));
        const timestamp = events[0]?.timestamp ?? 0;
        return skippedLines === 0
          ? events
          : [{ timestamp, message: describeSkipped(skippedLines, skippedBytes) }, ...events];
      });
    },

    readExecutionLogs(ctx, executionId, { after, follow = false } = {}) {
      const { signal } = ctx;

      async function* read(): AsyncGenerator<LogEvent> {
        const record = requireTask(executionId);
        const position = parsePosition(after);
        settle(record);
        const directory = openTaskDirectory(tasksDirectory, executionId);
        const changes = follow ? openChangeSignal(directory.path) : undefined;
        const log = await openTaskLog(directory);
        try {
          await log.skipTo(position + 1);
          let exit = directory.findExit();
          const end = follow ? undefined : await log.size();
          let settledAt = performance.now();
          for (;;) {
            const page = await log.readPage(end);
            for (const event of page) {
              if (signal?.aborted === true) return;
              yield event;
            }
            if (signal?.aborted === true) return;
            if (page.length > 0) continue;
            if (exit !== undefined) break;
            if (changes === undefined) return;
            // What the log got before the exit record was written is read before the reader stops.
            exit = directory.findExit();
            if (exit !== undefined) continue;
            if (performance.now() - settledAt > settleEveryMs) {
              settledAt = performance.now();
              settle(record);
            }
            await changes.next(signal);
          }
          yield* closingEvents(exit, log).filter((event) => Number(event.position) > position);
        } finally {
          changes?.close();
          await log.close();
        }
      }

      return { [Symbol.asyncIterator]: read };
    },
  };
}

/** The last events of an ended task, which stand in its exit record and count on from the lines of its log. */
function closingEvents({ closing }: ExitRecord, log: TaskLog): LogEvent[] {
  return closing.map(({ timestamp, message }, index) => ({
    timestamp: Math.max(timestamp, log.lastTimestamp()),
    message,
    position: String(log.nextLine() + index),
  }));
}

async function reading<T>(opening: Promise<TaskLog>, work: (log: TaskLog) => Promise<T>): Promise<T> {
  const log = await opening;
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

function parsePosition(after: string | undefined): number {
  if (after === undefined) return 0;
  const position = /^\d{1,15}$/.test(after) ? Number(after) : Number.NaN;
  if (Number.isNaN(position)) throw new AppError('INVALID_REQUEST', 'not a position of a log');
  return position;
}

const describeSkipped = (lines: number, bytes: number): string =>
  `refacet: ${lines} earlier lines (${describeBytes(bytes)}) were left out; this is the last ${describeBytes(answerLimit)}`;
