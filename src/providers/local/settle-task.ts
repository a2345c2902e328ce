import { linkSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { TaskState } from '../../contracts/index.js';
import { killAbandonedTask } from './kill-abandoned-task.js';
import { openTaskDirectory, parseClaim } from './task-directory.js';
import type { ProcessIdentity, TaskDirectory } from './task-directory.js';
import {
  announceChange,
  changesDirectoryName,
  findProcessStartTime,
  sealOnce,
  sendSignal,
  writeWhole,
} from './task-supervisor.js';
import type { ExitRecord } from './task-supervisor.js';
import type { TaskRecord, TaskTable } from './task-table.js';

/** What a task is compared with. */
export interface SettleTaskDependencies {
  readonly tasks: Pick<TaskTable, 'recordState'>;
  readonly tasksDirectory: string;
  readonly now: () => Date;
  /** Start times of processes; by default asked one by one. */
  readonly findStartTime?: ((pid: number) => string | undefined) | undefined;
}

/** How long after its deadline and its grace a supervisor is taken for stuck. The grace is not known here: generous. */
const stuckAfterMs = 120_000;

/**
 * Brings the row of a task up to what its directory and its supervisor say, and resolves to the state. A task whose
 * supervisor vanished is ended here: its processes are killed, and it is written down as lost.
 */
export function settleTask(
  dependencies: SettleTaskDependencies,
  record: TaskRecord,
): { readonly state: TaskState; readonly hasChanged: boolean } {
  if (record.phase === 'ended') return { state: stateOf(record), hasChanged: false };
  const state = findState(dependencies, record);
  const hasChanged = state.phase !== record.phase && dependencies.tasks.recordState(state);
  return { state, hasChanged };
}

/** The contract's part of a record. */
export function stateOf({ executionId, phase, startedAt, endedAt, exitCode, endedBy }: TaskState): TaskState {
  return { executionId, phase, startedAt, endedAt, exitCode, endedBy };
}

function findState(dependencies: SettleTaskDependencies, record: TaskRecord): TaskState {
  const directory = openTaskDirectory(dependencies.tasksDirectory, record.executionId);
  const exit = directory.findExit();
  if (exit !== undefined) return endedState(record, directory, exit);
  if (hasSupervisor(dependencies, record, directory)) {
    const start = record.phase === 'running' ? undefined : directory.findStart();
    return start === undefined
      ? stateOf(record)
      : { executionId: record.executionId, phase: 'running', startedAt: new Date(start.startedAt) };
  }
  // It may have written the exit record and ended between the two looks.
  const lateExit = directory.findExit() ?? takeOver(dependencies, record, directory);
  return endedState(record, directory, lateExit);
}

function endedState(record: TaskRecord, directory: TaskDirectory, exit: ExitRecord): TaskState {
  const start = directory.findStart();
  return {
    executionId: record.executionId,
    phase: 'ended',
    startedAt: start === undefined ? undefined : new Date(start.startedAt),
    endedAt: new Date(exit.endedAt),
    exitCode: exit.exitCode,
    endedBy: exit.endedBy,
  };
}

/** Whether somebody sees to the task: also reminds them of a kill, whose signal a crash of the server may have lost. */
function hasSupervisor(
  { now, findStartTime = findProcessStartTime }: SettleTaskDependencies,
  record: TaskRecord,
  directory: TaskDirectory,
): boolean {
  const claim = directory.findClaim();
  const supervisor = record.supervisor ?? claimant(directory, claim);
  if (supervisor === undefined || findStartTime(supervisor.pid) !== supervisor.startTime) return false;
  const { deadline } = record;
  if (deadline !== undefined && now().getTime() > deadline.getTime() + stuckAfterMs) {
    // Stopped, or hung: the deadline holds all the same.
    sendSignal(supervisor.pid, 'SIGKILL');
    return false;
  }
  if (claim !== undefined && directory.findEnding() === 'kill') sendSignal(supervisor.pid, 'SIGTERM');
  return true;
}

/** Who claimed a task that the table knows no supervisor of: the server ended right after it had started one. */
function claimant(directory: TaskDirectory, claim: string | undefined): ProcessIdentity | undefined {
  try {
    return parseClaim(claim ?? sealOnce(directory.pathOf('claim'), 'abandoned'));
  } catch {
    // No directory, so nothing was started either.
    return undefined;
  }
}

/** Ends a task that nobody sees to any more. */
function takeOver(
  { tasksDirectory, now }: SettleTaskDependencies,
  record: TaskRecord,
  directory: TaskDirectory,
): ExitRecord {
  const start = directory.findStart();
  const wasAlive = start !== undefined && killAbandonedTask(start);
  const isLate = record.deadline !== undefined && now() >= record.deadline;
  const exit = describeEnd(
    seal(directory, wasAlive && isLate ? 'timeout' : 'lost'),
    parseClaim(directory.findClaim() ?? '') !== undefined,
    now().getTime(),
  );
  const kept = keepExit(directory, exit);
  announceChange(join(tasksDirectory, changesDirectoryName), record.executionId, 'ended');
  // A checkout can be large, and nobody waits for it. What cannot be removed stays.
  rm(directory.pathOf('files'), { recursive: true, force: true }).catch(() => undefined);
  return kept;
}

function seal(directory: TaskDirectory, order: 'timeout' | 'lost'): string {
  try {
    return sealOnce(directory.pathOf('ending'), order);
  } catch {
    // No directory: the row is all that there ever was.
    return order;
  }
}

function describeEnd(order: string, wasClaimed: boolean, endedAt: number): ExitRecord {
  const closing = (message: string): ExitRecord['closing'] => [
    { timestamp: endedAt, message: `refacet: ${message}` },
  ];
  if (order === 'kill') {
    return { endedBy: 'kill', exitCode: 130, endedAt, closing: closing('killed on request') };
  }
  if (order === 'timeout') {
    return { endedBy: 'timeout', exitCode: 124, endedAt, closing: closing('ended by its timeout') };
  }
  return wasClaimed
    ? {
        endedBy: 'lost',
        endedAt,
        closing: closing('lost: the machine went down, or the supervisor of the task was killed'),
      }
    : {
        endedBy: 'failed-to-start',
        endedAt,
        closing: closing('could not start: the server stopped before it had handed the task over'),
      };
}

/** The first one to write the exit record is right. */
function keepExit(directory: TaskDirectory, exit: ExitRecord): ExitRecord {
  const draft = `${directory.pathOf('exit')}.lost`;
  try {
    writeWhole(draft, JSON.stringify(exit));
    linkSync(draft, directory.pathOf('exit'));
  } catch {
    // Written already, or there is no directory or no room: then the row keeps it.
  } finally {
    rmSync(draft, { force: true });
  }
  return directory.findExit() ?? exit;
}
