import { AppError } from '../../src/contracts/index.js';
import type { Execution, ExecutionRepository } from '../../src/contracts/index.js';

const newestFirst = (one: Execution, other: Execution): number =>
  other.startedAt.getTime() - one.startedAt.getTime() || (one.executionId < other.executionId ? -1 : 1);

/** Records of executions on a map. */
export function createInMemoryExecutions(): ExecutionRepository {
  const executions = new Map<string, Execution>();

  return {
    async createExecution(_ctx, execution) {
      if (executions.has(execution.executionId)) {
        throw new AppError('CONFLICT', 'execution already exists');
      }
      executions.set(execution.executionId, execution);
    },

    async findExecution(_ctx, executionId) {
      return executions.get(executionId);
    },

    async transition(_ctx, executionId, { from, to, requestId, ...rest }) {
      const execution = executions.get(executionId);
      if (execution === undefined) throw new AppError('NOT_FOUND', 'execution not found');
      if (!from.includes(execution.status)) return false;
      executions.set(executionId, {
        ...execution,
        status: to,
        completedAt: rest.completedAt ?? execution.completedAt,
        exitCode: rest.exitCode ?? execution.exitCode,
        durationSeconds: rest.durationSeconds ?? execution.durationSeconds,
        modifiedByRequestId: requestId ?? execution.modifiedByRequestId,
      });
      return true;
    },

    async *listExecutions(_ctx, { statuses, limit = Number.POSITIVE_INFINITY } = {}) {
      const matching = [...executions.values()]
        .filter(({ status }) => statuses?.includes(status) ?? true)
        .sort(newestFirst);
      yield* matching.slice(0, limit);
    },

    async listExecutionsByRequestId(_ctx, requestId) {
      return [...executions.values()].filter(
        ({ createdByRequestId, modifiedByRequestId }) =>
          createdByRequestId === requestId || modifiedByRequestId === requestId,
      );
    },
  };
}
