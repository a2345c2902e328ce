import type { Execution } from '../contracts/index.js';
import { wholeSecondTime } from './wire-time.js';

/** An execution as lists and traces show it. `JSON.stringify` leaves out what is undefined. */
export function executionToJson(execution: Execution): Readonly<Record<string, unknown>> {
  const { completedAt, durationSeconds, logStreamName, cloud } = execution;
  return {
    execution_id: execution.executionId,
    created_by: execution.createdBy,
    owned_by: execution.ownedBy,
    command: execution.command,
    started_at: wholeSecondTime(execution.startedAt),
    completed_at: completedAt && wholeSecondTime(completedAt),
    status: execution.status,
    exit_code: execution.exitCode,
    duration_seconds: durationSeconds === 0 ? undefined : durationSeconds,
    log_stream_name: logStreamName === '' ? undefined : logStreamName,
    created_by_request_id: execution.createdByRequestId,
    modified_by_request_id: execution.modifiedByRequestId,
    cloud: cloud === '' ? undefined : cloud,
  };
}

/** The status of an execution; the exit code is null until there is one. */
export function executionStatusToJson(execution: Execution): Readonly<Record<string, unknown>> {
  const { completedAt } = execution;
  return {
    execution_id: execution.executionId,
    status: execution.status,
    started_at: wholeSecondTime(execution.startedAt),
    completed_at: completedAt && wholeSecondTime(completedAt),
    exit_code: completedAt === undefined ? null : execution.exitCode,
  };
}
