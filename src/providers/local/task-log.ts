import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

import type { LogEvent } from '../../contracts/index.js';
import { findLastIndexEntry } from './log-index.js';
import type { LogIndexEntry } from './log-index.js';
import { parseLogRecords } from './parse-log-records.js';
import type { TaskDirectory } from './task-directory.js';

/** More than the longest record, which is a line of 64 KiB in which every byte became U+FFFD. */
const pageSize = 256 * 1024;

/** One task's log, read from the front in pages. Works while the supervisor writes. */
export interface TaskLog {
  /** Bytes that are there now. */
  size(): Promise<number>;
  /** The next events, `[]` where nothing whole is there yet; those that begin at `end` bytes or later stay. */
  readPage(end?: number): Promise<LogEvent[]>;
  /** Goes on behind a line, which need not be there yet. */
  skipTo(line: number): Promise<void>;
  /** Goes to the first line for which the rest takes no more than so many bytes. */
  skipToLast(bytes: number): Promise<{ readonly skippedLines: number; readonly skippedBytes: number }>;
  /** Number of the line that {@link TaskLog.readPage} gives next. */
  nextLine(): number;
  lastTimestamp(): number;
  close(): Promise<void>;
}

/** Opens the log of a task; one that is missing is empty. */
export async function openTaskLog(directory: TaskDirectory): Promise<TaskLog> {
  const file = await openIfThere(directory.pathOf('log'));
  const buffer = Buffer.allocUnsafe(pageSize);
  let offset = 0;
  let line = 1;
  let wanted = 1;
  let timestamp = 0;

  async function size(): Promise<number> {
    return file === undefined ? 0 : (await file.stat()).size;
  }

  /** Reads whole records from where the last ones ended; the rest of the page comes again with what follows it. */
  async function readRecords(end: number): Promise<LogEvent[]> {
    if (file === undefined || offset >= end) return [];
    const { bytesRead } = await file.read(buffer, 0, Math.min(pageSize, end - offset), offset);
    const { events, length } = parseLogRecords(buffer.subarray(0, bytesRead), line, timestamp);
    offset += length;
    line += events.length;
    timestamp = events.at(-1)?.timestamp ?? timestamp;
    return events;
  }

  async function readPage(end = Number.MAX_SAFE_INTEGER): Promise<LogEvent[]> {
    for (;;) {
      const first = line;
      const events = await readRecords(end);
      if (events.length === 0 || line > wanted) return events.slice(Math.max(0, wanted - first));
    }
  }

  /** As far as the index leads, instead of reading everything before. */
  async function jump(isBefore: (entry: LogIndexEntry) => boolean): Promise<void> {
    const entry = await findLastIndexEntry(directory.pathOf('index'), await size(), isBefore);
    if (entry === undefined) return;
    ({ offset } = entry);
    line = entry.lines + 1;
  }

  return {
    size,
    readPage,
    nextLine: () => line,
    lastTimestamp: () => timestamp,

    async skipTo(target) {
      await jump(({ lines }) => lines < target);
      wanted = target;
    },

    async skipToLast(bytes) {
      const cut = (await size()) - bytes;
      if (cut <= 0) return { skippedLines: 0, skippedBytes: 0 };
      await jump(({ offset: at }) => at <= cut);
      while ((await readRecords(cut)).length > 0);
      // A record across the cut is the last one to go.
      wanted = offset < cut ? line + 1 : line;
      return { skippedLines: wanted - 1, skippedBytes: cut };
    },

    async close() {
      await file?.close();
    },
  };
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
