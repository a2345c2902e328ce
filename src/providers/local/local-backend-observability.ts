import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

import { AppError } from '../../contracts/index.js';
import type { BackendObservability, LogEvent } from '../../contracts/index.js';
import { backendLogPaths } from './backend-log.js';
import { readLines } from './read-lines.js';

/** What the local backend's observability is made of. */
export interface LocalBackendObservabilityOptions {
  /** Where {@link openBackendLog} writes. */
  readonly directory: string;
}

/** Finds what this server logged for a request in its own log: lines of JSON with `requestId` and `time`. */
export function createLocalBackendObservability({
  directory,
}: LocalBackendObservabilityOptions): BackendObservability {
  return {
    async fetchBackendLogs(ctx, requestId) {
      ctx.signal?.throwIfAborted();
      if (requestId === '') return [];
      const events: LogEvent[] = [];
      const files: FileHandle[] = [];
      try {
        // All of them before any is read: the log may move on to its next file meanwhile. At worst one is met twice.
        for (const path of backendLogPaths(directory)) files.unshift(...(await openIfThere(path)));
        for (const file of await withoutDuplicates(files)) {
          for await (const line of readLines(file)) {
            ctx.signal?.throwIfAborted();
            const event = findEvent(line, requestId);
            if (event !== undefined) events.push(event);
          }
        }
      } catch (cause) {
        ctx.signal?.throwIfAborted();
        throw new AppError('SERVICE_UNAVAILABLE', 'failed to search the backend log', { cause });
      } finally {
        await Promise.all(files.map((file) => file.close()));
      }
      return events;
    },
  };
}

async function openIfThere(path: string): Promise<FileHandle[]> {
  try {
    return [await open(path, 'r')];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function withoutDuplicates(files: readonly FileHandle[]): Promise<FileHandle[]> {
  const byInode = new Map<number, FileHandle>();
  for (const file of files) byInode.set((await file.stat()).ino, file);
  return [...byInode.values()];
}

function findEvent(line: string, requestId: string): LogEvent | undefined {
  // Most lines are others': parsing only those that hold the text at all saves nearly everything. JSON escapes
  // nothing that an ID is made of, so one that needs escapes is no request's.
  if (!line.includes(requestId)) return undefined;
  const entry = parse(line);
  if (entry === undefined || (entry['requestId'] !== requestId && entry['request_id'] !== requestId)) {
    return undefined;
  }
  return { timestamp: timestampOf(entry['time']), message: line };
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // Torn by a full disk.
    return undefined;
  }
}

function timestampOf(time: unknown): number {
  const timestamp = typeof time === 'number' ? Math.trunc(time) : Date.parse(String(time));
  return Number.isNaN(timestamp) ? 0 : timestamp;
}
