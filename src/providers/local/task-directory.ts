import { existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { changesDirectoryName, reserveRoom, taskFileNames } from './task-supervisor.js';
import type { ExitRecord, StartRecord } from './task-supervisor.js';

/** A process that cannot be mistaken for a later one with the same ID. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

/** Where everything about one task lies, and what of it is there. Reads are short: the files are small. */
export interface TaskDirectory {
  readonly path: string;
  readonly pathOf: (name: keyof typeof taskFileNames) => string;
  readonly findStart: () => StartRecord | undefined;
  readonly findExit: () => ExitRecord | undefined;
  /** What the claim says: a supervisor, or somebody who made sure that there will be none. */
  readonly findClaim: () => string | undefined;
  /** What was decided to end the task. */
  readonly findEnding: () => string | undefined;
}

/** The directory of one task. Call it with IDs from the table only: an ID from a request may be any path. */
export function openTaskDirectory(tasksDirectory: string, executionId: string): TaskDirectory {
  const path = join(tasksDirectory, executionId);
  const pathOf = (name: keyof typeof taskFileNames): string => join(path, taskFileNames[name]);
  return {
    path,
    pathOf,
    findStart: () => findRecord(pathOf('start')) as StartRecord | undefined,
    findExit: () => findRecord(pathOf('exit')) as ExitRecord | undefined,
    findClaim: () => findLink(pathOf('claim')),
    findEnding: () => findLink(pathOf('ending')),
  };
}

/** Makes the directory of all tasks, for its owner alone. */
export function prepareTasksDirectory(tasksDirectory: string): void {
  mkdirSync(join(tasksDirectory, changesDirectoryName), { recursive: true, mode: 0o700 });
}

/** Makes the directory of one task, with an empty log, room for its ending, and what the command will see. */
export function makeTaskDirectory({ path, pathOf }: TaskDirectory): void {
  mkdirSync(path, { mode: 0o700 });
  mkdirSync(pathOf('files'), { mode: 0o700 });
  for (const name of ['home', 'tmp', 'work']) mkdirSync(join(pathOf('files'), name), { mode: 0o700 });
  writeFileSync(pathOf('log'), '', { mode: 0o600 });
  reserveRoom(path);
}

/** Removes all of a task that never ran. */
export function removeTaskDirectory({ path }: TaskDirectory): void {
  rmSync(path, { recursive: true, force: true });
}

/** `<pid>:<start time>` as a supervisor's claim says it. */
export function parseClaim(claim: string): ProcessIdentity | undefined {
  const [, pid, startTime] = /^(\d+):(.+)$/s.exec(claim) ?? [];
  return pid === undefined || startTime === undefined ? undefined : { pid: Number(pid), startTime };
}

// Asked for every task again and again, and mostly in vain: looking first is ten times cheaper than an exception.

function findRecord(path: string): unknown {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // Records are put in place whole, so one that is not was damaged later: as good as none.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function findLink(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : undefined;
}
