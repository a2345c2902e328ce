import { AppError } from '../contracts/index.js';
import type { Execution, ExecutionRepository, ExecutionStatus } from '../contracts/index.js';

/** The store that unit tests of use cases run on: records in a map, and every status that each one has had. */
export interface ExecutionsDouble extends Pick<
  ExecutionRepository,
  'createExecution' | 'findExecution' | 'transition' | 'listExecutions'
> {
  readonly records: Map<string, Execution>;
  readonly history: Map<string, ExecutionStatus[]>;
}

/** A record with everything that a test does not care about. */
export function someExecution(parts: Partial<Execution> = {}): Execution {
  return {
    executionId: 'task-1',
    createdBy: 'dev@example.com',
    ownedBy: ['dev@example.com'],
    command: 'true',
    status: 'STARTING',
    startedAt: new Date('2026-01-01T10:00:00.000Z'),
    exitCode: 0,
    createdByRequestId: 'request-1',
    modifiedByRequestId: 'request-1',
    ...parts,
  };
}

/** Makes a store that holds the given records. */
export function createExecutionsDouble(...executions: readonly Execution[]): ExecutionsDouble {
  const records = new Map<string, Execution>();
  const history = new Map<string, ExecutionStatus[]>();
  const put = (execution: Execution): void => {
    records.set(execution.executionId, execution);
    history.set(execution.executionId, [...(history.get(execution.executionId) ?? []), execution.status]);
  };
  executions.forEach(put);

  return {
    records,
    history,
    async createExecution(_ctx, execution) {
      if (records.has(execution.executionId)) throw new AppError('CONFLICT', 'execution already exists');
      put(execution);
    },
    async findExecution(_ctx, executionId) {
      return records.get(executionId);
    },
    async transition(_ctx, executionId, { from, to, requestId, completedAt, exitCode, durationSeconds }) {
      const record = records.get(executionId);
      if (record === undefined) throw new AppError('NOT_FOUND', 'execution not found');
      if (!from.includes(record.status)) return false;
      put({
        ...record,
        status: to,
        completedAt: completedAt ?? record.completedAt,
        exitCode: exitCode ?? record.exitCode,
        durationSeconds: durationSeconds ?? record.durationSeconds,
        modifiedByRequestId: requestId ?? record.modifiedByRequestId,
      });
      return true;
    },
    async *listExecutions(_ctx, { statuses } = {}) {
      yield* [...records.values()].filter(({ status }) => statuses?.includes(status) ?? true);
    },
  };
}
