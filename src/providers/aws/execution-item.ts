import type { Execution, ExecutionStatus } from '../../contracts/index.js';
import type { Item } from './image-row.js';
import {
  readSeconds,
  readSecondsIfSet,
  seconds,
  secondsIfSet,
  textUnlessEmpty,
} from './record-attributes.js';
import { readInteger, readList, readSomeText, readText } from './read-attribute.js';

export const executionStatuses: readonly ExecutionStatus[] = [
  'STARTING',
  'RUNNING',
  'TERMINATING',
  'SUCCEEDED',
  'FAILED',
  'STOPPED',
];

/** The item of an execution. `_all` puts every one into the index that lists them by time. */
export function executionToItem(execution: Execution): Item {
  return {
    execution_id: { S: execution.executionId },
    _all: { S: '1' },
    started_at: seconds(execution.startedAt),
    created_by: { S: execution.createdBy },
    owned_by: { L: execution.ownedBy.map((owner) => ({ S: owner })) },
    command: { S: execution.command },
    status: { S: execution.status },
    ...secondsIfSet('completed_at', execution.completedAt),
    ...(execution.exitCode !== 0 && { exit_code: { N: String(execution.exitCode) } }),
    ...(execution.durationSeconds !== undefined && {
      duration_seconds: { N: String(execution.durationSeconds) },
    }),
    ...textUnlessEmpty('log_stream_name', execution.logStreamName),
    ...textUnlessEmpty('created_by_request_id', execution.createdByRequestId),
    ...textUnlessEmpty('modified_by_request_id', execution.modifiedByRequestId),
    ...textUnlessEmpty('compute_platform', execution.cloud),
  };
}

/** Throws a plain error for an item that is no execution. A status that we do not know may become nothing else. */
export function executionFromItem(item: Item): Execution {
  const status = readSomeText(item, 'status');
  const completedAt = readSecondsIfSet(item['completed_at']);
  const logStreamName = readText(item['log_stream_name']);
  const cloud = readText(item['compute_platform']);
  return {
    executionId: readText(item['execution_id']),
    createdBy: readSomeText(item, 'created_by'),
    ownedBy: readList(item['owned_by']),
    command: readText(item['command']),
    status: status as ExecutionStatus,
    startedAt: readSeconds(item['started_at']),
    ...(completedAt !== undefined && { completedAt }),
    exitCode: Number(readInteger(item['exit_code'])),
    ...(item['duration_seconds'] !== undefined && {
      durationSeconds: Number(readInteger(item['duration_seconds'])),
    }),
    ...(logStreamName !== '' && { logStreamName }),
    createdByRequestId: readText(item['created_by_request_id']),
    modifiedByRequestId: readText(item['modified_by_request_id']),
    ...(cloud !== '' && { cloud }),
  };
}
