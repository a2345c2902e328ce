import { isDeepStrictEqual } from 'node:util';

import {
  AppError,
  type Execution,
  type ExecutionRepository,
  type ExecutionTransition,
} from '../../contracts/index.js';
import type { DynamoDb } from './aws-clients.js';
import { executionFromItem, executionStatuses, executionToItem } from './execution-item.js';
import type { Item } from './image-row.js';
import type { Log } from './log.js';
import { orderWithinSeconds } from './order-within-seconds.js';
import { requestIdFilter, seconds } from './record-attributes.js';
import { type Expression, openRecordTable } from './record-table.js';
import { createRowReader } from './row-reader.js';

/** What executions are kept in. */
export interface DynamoDbExecutionRepositoryOptions {
  readonly dynamodb: DynamoDb;
  readonly tableName: string;
  /** Is told of rows that lists leave out. */
  readonly log: Pick<Log, 'warn'>;
}

const pageSize = 1_000;

/** Keeps executions in the table that the original keeps them in. */
export function createDynamoDbExecutionRepository({
  dynamodb,
  tableName,
  log,
}: DynamoDbExecutionRepositoryOptions): ExecutionRepository {
  const keyName = 'execution_id';
  const table = openRecordTable({ dynamodb, tableName, keyName });
  const { read, readIfPossible } = createRowReader({
    fromItem: executionFromItem,
    message: 'failed to unmarshal execution',
    ...{ keyName, log },
  });

  return {
    async createExecution(ctx, execution) {
      const item = executionToItem(execution);
      if (await table.insert(ctx, item, 'failed to create execution')) return;
      const existing = await table.find(ctx, execution.executionId, 'failed to create execution');
      // The client asks again when an answer is lost, and then finds what it has written itself.
      if (isDeepStrictEqual(existing, item)) return;
      throw new AppError('CONFLICT', 'execution already exists');
    },

    async findExecution(ctx, executionId) {
      const item = await table.find(ctx, executionId, 'failed to get execution');
      return item && (await read(item));
    },

    async transition(ctx, executionId, transition) {
      const message = 'failed to update execution';
      if (executionId !== '' && (await table.update(ctx, executionId, transitionOf(transition), message)))
        return true;
      if ((await table.find(ctx, executionId, message)) !== undefined) return false;
      throw new AppError('NOT_FOUND', 'execution not found');
    },

    async *listExecutions(ctx, { statuses, limit = Number.POSITIVE_INFINITY } = {}) {
      const wanted = statuses && executionStatuses.filter((status) => statuses.includes(status));
      if (wanted?.length === 0) return;
      const query = {
        IndexName: 'all-started_at',
        KeyConditionExpression: '#all = :all',
        ScanIndexForward: false,
        Limit: pageSize,
        ...filterOf(wanted),
      };
      const pages = table.queryPages(ctx, query, 'failed to query executions');
      let left = limit;
      for await (const item of orderWithinSeconds(pages)) {
        if (left <= 0) return;
        const execution = await readIfPossible(item);
        if (execution === undefined) continue;
        left -= 1;
        yield execution;
      }
    },

    async listExecutionsByRequestId(ctx, requestId) {
      const executions: Execution[] = [];
      const message = 'failed to scan executions by request ID';
      for await (const page of table.scanPages(ctx, requestIdFilter(requestId), message))
        for (const item of page) {
          const execution = await readIfPossible(item);
          if (execution !== undefined) executions.push(execution);
        }
      return executions;
    },
  };
}

function filterOf(statuses: readonly string[] | undefined): Expression & { FilterExpression?: string } {
  const names = { '#all': '_all' };
  const values = { ':all': { S: '1' } };
  if (statuses === undefined) return { ExpressionAttributeNames: names, ExpressionAttributeValues: values };
  const entries = statuses.map((status, index) => [`:status${index}`, { S: status }] as const);
  return {
    FilterExpression: `#status IN (${entries.map(([name]) => name).join(', ')})`,
    ExpressionAttributeNames: { ...names, '#status': 'status' },
    ExpressionAttributeValues: { ...values, ...Object.fromEntries(entries) },
  };
}

function transitionOf(transition: ExecutionTransition): Expression {
  const { from, to, completedAt, exitCode, durationSeconds, requestId } = transition;
  const sets: Record<string, Item[string]> = {
    ...(completedAt !== undefined && { completed_at: seconds(completedAt) }),
    ...(exitCode !== undefined && { exit_code: { N: String(exitCode) } }),
    ...(durationSeconds !== undefined && { duration_seconds: { N: String(durationSeconds) } }),
    ...(requestId !== undefined && requestId !== '' && { modified_by_request_id: { S: requestId } }),
  };
  const sources = from.map((status, index) => [`:from${index}`, { S: status }] as const);
  return {
    UpdateExpression: [
      'SET #status = :status',
      ...Object.keys(sets).map((name) => `${name} = :${name}`),
    ].join(', '),
    ConditionExpression: `#status IN (${sources.map(([name]) => name).join(', ')})`,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':status': { S: to },
      ...Object.fromEntries(Object.entries(sets).map(([name, value]) => [`:${name}`, value])),
      ...Object.fromEntries(sources),
    },
  };
}
