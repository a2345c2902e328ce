import type Database from 'libsql';

import { AppError } from '../../contracts/index.js';
import type { TaskDescription, TaskEnding, TaskState } from '../../contracts/index.js';

/** Creates the table of tasks and its index; one step of the store's migrations. Times are Unix milliseconds. */
export const createTaskTableSql = `
CREATE TABLE tasks (
  execution_id   TEXT PRIMARY KEY,
  user_email     TEXT NOT NULL,
  image_id       TEXT NOT NULL,
  command        TEXT NOT NULL,
  request_id     TEXT,
  created_at     INTEGER NOT NULL,
  deadline       INTEGER,
  phase          TEXT NOT NULL CHECK (phase IN ('starting', 'running', 'ended')),
  started_at     INTEGER,
  ended_at       INTEGER,
  exit_code      INTEGER,
  ended_by       TEXT CHECK (ended_by IN ('exit', 'signal', 'kill', 'timeout', 'lost', 'failed-to-start')),
  pid            INTEGER,
  pid_start_time TEXT
) STRICT;
CREATE INDEX tasks_not_ended ON tasks (phase) WHERE phase <> 'ended';
`;

/** One task as the provider records it before the process exists. */
export interface TaskRecord extends TaskDescription {
  /** When the task is ended if it still runs; absent means never. */
  readonly deadline?: Date | undefined;
  /** The supervisor's process, once there is one. The pair survives the reuse of process IDs. */
  readonly supervisor?: { readonly pid: number; readonly startTime: string } | undefined;
}

/** Rows in, rows out; the only file that knows the columns. Every failure is `DATABASE_ERROR`. */
export interface TaskTable {
  insertTask(task: TaskRecord): void;
  findTask(executionId: string): TaskRecord | undefined;
  /** Tasks by ID, `limit` at a time, from behind `after`: pages that stay right while rows are added. */
  listTasks(page: { readonly after: string; readonly limit: number }): TaskRecord[];
  listTasksNotEnded(): TaskRecord[];
  recordSupervisor(
    executionId: string,
    supervisor: { readonly pid: number; readonly startTime: string },
  ): void;
  /** Moves a task forward. A task that has ended keeps its ending; returns whether the row was changed. */
  recordState(state: TaskState): boolean;
  /** Forgets a task of which nothing was ever run. */
  deleteTask(executionId: string): void;
}

interface TaskRow {
  readonly execution_id: string;
  readonly user_email: string;
  readonly image_id: string;
  readonly command: string;
  readonly request_id: string | null;
  readonly created_at: number;
  readonly deadline: number | null;
  readonly phase: TaskState['phase'];
  readonly started_at: number | null;
  readonly ended_at: number | null;
  readonly exit_code: number | null;
  readonly ended_by: TaskEnding | null;
  readonly pid: number | null;
  readonly pid_start_time: string | null;
}

const toDate = (time: number | null): Date | undefined => (time === null ? undefined : new Date(time));

function toRecord(row: TaskRow): TaskRecord {
  return {
    executionId: row.execution_id,
    userEmail: row.user_email,
    imageId: row.image_id,
    command: row.command,
    requestId: row.request_id ?? undefined,
    createdAt: new Date(row.created_at),
    deadline: toDate(row.deadline),
    phase: row.phase,
    startedAt: toDate(row.started_at),
    endedAt: toDate(row.ended_at),
    exitCode: row.exit_code ?? undefined,
    endedBy: row.ended_by ?? undefined,
    supervisor:
      row.pid === null || row.pid_start_time === null
        ? undefined
        : { pid: row.pid, startTime: row.pid_start_time },
  };
}

/** Opens the table of tasks in a database that has been migrated. */
export function createTaskTable(database: Pick<Database.Database, 'prepare'>): TaskTable {
  function ask<T>(what: string, statement: () => T): T {
    try {
      return statement();
    } catch (cause) {
      // Locked, full, damaged: a caller can do no more than try again later.
      throw new AppError('DATABASE_ERROR', `failed to ${what}`, { cause });
    }
  }
  const rows = (what: string, sql: string, ...values: unknown[]): TaskRecord[] =>
    ask(what, () => (database.prepare(sql).all(...values) as TaskRow[]).map(toRecord));
  const change = (what: string, sql: string, ...values: unknown[]): boolean =>
    ask(what, () => database.prepare(sql).run(...values).changes > 0);

  return {
    insertTask(task) {
      change(
        'record the task',
        `INSERT INTO tasks (execution_id, user_email, image_id, command, request_id, created_at, deadline, phase)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        task.executionId,
        task.userEmail,
        task.imageId,
        task.command,
        task.requestId ?? null,
        task.createdAt.getTime(),
        task.deadline?.getTime() ?? null,
        task.phase,
      );
    },
    findTask: (executionId) =>
      rows('read the task', 'SELECT * FROM tasks WHERE execution_id = ?', executionId)[0],
    listTasks: ({ after, limit }) =>
      rows(
        'list tasks',
        'SELECT * FROM tasks WHERE execution_id > ? ORDER BY execution_id LIMIT ?',
        after,
        limit,
      ),
    listTasksNotEnded: () =>
      rows('list tasks', "SELECT * FROM tasks WHERE phase <> 'ended' ORDER BY execution_id"),
    recordSupervisor(executionId, supervisor) {
      change(
        'record the supervisor of a task',
        'UPDATE tasks SET pid = ?, pid_start_time = ? WHERE execution_id = ?',
        supervisor.pid,
        supervisor.startTime,
        executionId,
      );
    },
    recordState: (state) =>
      change(
        'record the state of a task',
        `UPDATE tasks SET phase = ?, started_at = coalesce(?, started_at), ended_at = ?, exit_code = ?, ended_by = ?
         WHERE execution_id = ? AND phase <> 'ended' AND phase <> ?`,
        state.phase,
        state.startedAt?.getTime() ?? null,
        state.endedAt?.getTime() ?? null,
        state.exitCode ?? null,
        state.endedBy ?? null,
        state.executionId,
        state.phase,
      ),
    deleteTask(executionId) {
      change('forget the task', 'DELETE FROM tasks WHERE execution_id = ?', executionId);
    },
  };
}
