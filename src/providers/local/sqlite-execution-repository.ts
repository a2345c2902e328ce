import {
  AppError,
  type Execution,
  type ExecutionQuery,
  type ExecutionRepository,
  type ExecutionStatus,
} from '../../contracts/index.js';
import { readInteger, readOptionalInteger, readOptionalText, readText, readTexts } from './read-column.js';
import { runInStore } from './run-in-store.js';
import type { SqliteDatabase, SqlRow } from './sqlite-database.js';
import { fromOptionalSeconds, fromSeconds, toOptionalSeconds, toSeconds } from './stored-time.js';

/** Most records that a listing holds in memory at a time. */
const pageSize = 1000;

const statuses = ['STARTING', 'RUNNING', 'TERMINATING', 'SUCCEEDED', 'FAILED', 'STOPPED'] as const;

/** Keeps executions in the store. Times are whole seconds. */
export function createSqliteExecutionRepository(database: SqliteDatabase): ExecutionRepository {
  return {
    createExecution: (ctx, execution) =>
      runInStore(ctx, 'failed to create execution', () => {
        if (insertExecution(database, execution) === 0) {
          throw new AppError('CONFLICT', 'execution already exists');
        }
      }),

    findExecution: (ctx, executionId) =>
      runInStore(ctx, 'failed to get execution', () => {
        const row = database.first('SELECT * FROM executions WHERE execution_id = ?', [executionId]);
        return row && toExecution(row);
      }),

    transition: (ctx, executionId, { from, to, completedAt, exitCode, durationSeconds, requestId }) =>
      runInStore(ctx, 'failed to update execution', () => {
        const changes = database.run(
          `UPDATE executions
           SET status = ?,
               completed_at = coalesce(?, completed_at),
               exit_code = coalesce(?, exit_code),
               duration_seconds = coalesce(?, duration_seconds),
               modified_by_request_id = coalesce(nullif(?, ''), modified_by_request_id)
           WHERE execution_id = ? AND status IN (SELECT value FROM json_each(?))`,
          [
            to,
            toOptionalSeconds(completedAt),
            exitCode ?? null,
            durationSeconds ?? null,
            requestId ?? null,
            executionId,
            JSON.stringify(from),
          ],
        );
        if (changes === 0 && !hasExecution(database, executionId)) {
          throw new AppError('NOT_FOUND', 'execution not found');
        }
        return changes > 0;
      }),

    async *listExecutions(ctx, query = {}) {
      let left = query.limit ?? Infinity;
      let last: Execution | undefined;
      while (left > 0) {
        const size = Math.min(left, pageSize);
        const page = await runInStore(ctx, 'failed to query executions', () =>
          readPage(database, query, size, last),
        );
        yield* page;
        left -= size;
        last = page.at(-1);
        if (page.length < size || left <= 0) return;
        // A page blocks the thread; others are served between two of them.
        await new Promise(setImmediate);
      }
    },

    listExecutionsByRequestId: (ctx, requestId) =>
      runInStore(ctx, 'failed to query executions by request ID', () =>
        database
          .all(
            `SELECT * FROM executions WHERE created_by_request_id = ? OR modified_by_request_id = ?
             ORDER BY started_at DESC, execution_id`,
            [requestId, requestId],
          )
          .map(toExecution),
      ),
  };
}

function insertExecution(database: SqliteDatabase, execution: Execution): number {
  return database.run(
    `INSERT INTO executions (execution_id, created_by, owned_by, command, status, started_at, completed_at, exit_code,
       duration_seconds, log_stream_name, created_by_request_id, modified_by_request_id, cloud)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (execution_id) DO NOTHING`,
    [
      execution.executionId,
      execution.createdBy,
      JSON.stringify(execution.ownedBy),
      execution.command,
      execution.status,
      toSeconds(execution.startedAt),
      toOptionalSeconds(execution.completedAt),
      execution.exitCode,
      execution.durationSeconds ?? null,
      execution.logStreamName ?? null,
      execution.createdByRequestId,
      execution.modifiedByRequestId,
      execution.cloud ?? null,
    ],
  );
}

function hasExecution(database: SqliteDatabase, executionId: string): boolean {
  return database.first('SELECT 1 FROM executions WHERE execution_id = ?', [executionId]) !== undefined;
}

/** The records behind `last`. Nothing is skipped or given twice while others are added: a position is a record, no count. */
function readPage(
  database: SqliteDatabase,
  query: ExecutionQuery,
  size: number,
  last: Execution | undefined,
): Execution[] {
  const wanted = statuses.filter((status) => query.statuses?.includes(status));
  if (query.statuses !== undefined && wanted.length === 0) return [];
  const start = last === undefined ? Number.MAX_SAFE_INTEGER : toSeconds(last.startedAt);
  const position = [start, start, last?.executionId ?? ''];
  const behind = 'started_at <= ? AND (started_at < ? OR execution_id > ?)';
  // One branch per status, each in the order of its index: SQLite merges them and reads no more than a page.
  const branches =
    query.statuses === undefined
      ? [`SELECT * FROM executions WHERE ${behind}`]
      : wanted.map(() => `SELECT * FROM executions WHERE status = ? AND ${behind}`);
  const parameters =
    query.statuses === undefined ? position : wanted.flatMap((status) => [status, ...position]);
  return database
    .all(`${branches.join(' UNION ALL ')} ORDER BY started_at DESC, execution_id LIMIT ?`, [
      ...parameters,
      size,
    ])
    .map(toExecution);
}

function toExecution(row: SqlRow): Execution {
  return {
    executionId: readText(row, 'execution_id'),
    createdBy: readText(row, 'created_by'),
    ownedBy: readTexts(row, 'owned_by'),
    command: readText(row, 'command'),
    status: readText(row, 'status') as ExecutionStatus,
    startedAt: fromSeconds(readInteger(row, 'started_at')),
    completedAt: fromOptionalSeconds(readOptionalInteger(row, 'completed_at')),
    exitCode: readInteger(row, 'exit_code'),
    durationSeconds: readOptionalInteger(row, 'duration_seconds'),
    logStreamName: readOptionalText(row, 'log_stream_name'),
    createdByRequestId: readText(row, 'created_by_request_id'),
    modifiedByRequestId: readText(row, 'modified_by_request_id'),
    cloud: readOptionalText(row, 'cloud'),
  };
}
