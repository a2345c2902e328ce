import {
  DescribeLogGroupsCommand,
  type DescribeLogGroupsCommandOutput,
  GetQueryResultsCommand,
  type ResultField,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';

import { AppError, type LogEvent, type RequestContext } from '../../src/contracts/index.js';
import type { Dependencies } from './dependencies.js';
import { naming } from './failing-step.js';
import { eventTimestamp } from './event-timestamp.js';
import { sendOptions } from './send-options.js';

const logGroupPrefix = '/aws/lambda/runvoy';
const firstWait = 10_000;
const pollInterval = 1_000;
const pollAttempts = 30;

/** What the backend's own log groups hold for a request, found with CloudWatch Logs Insights. */
export async function fetchBackendLogs(
  ctx: RequestContext,
  dependencies: Dependencies,
  requestId: string,
): Promise<LogEvent[]> {
  const { logs, now, sleep } = dependencies;
  const logGroupNames = await discoverLogGroups(ctx, logs);
  const started = await naming('failed to start CloudWatch Logs Insights query', () =>
    logs.send(
      new StartQueryCommand({
        logGroupNames,
        queryString: queryString(requestId),
        startTime: 0,
        endTime: Math.floor(now().getTime() / 1000),
      }),
      sendOptions(ctx),
    ),
  );
  await sleep(firstWait);
  const rows = await pollResults(ctx, dependencies, started.queryId ?? '');
  return rows.map(toLogEvent);
}

async function discoverLogGroups(ctx: RequestContext, logs: Dependencies['logs']): Promise<string[]> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const command = new DescribeLogGroupsCommand({
      logGroupNamePrefix: logGroupPrefix,
      ...(nextToken !== undefined && { nextToken }),
    });
    const page: DescribeLogGroupsCommandOutput = await naming('failed to discover log groups', () =>
      logs.send(command, sendOptions(ctx)),
    );
    for (const group of page.logGroups ?? [])
      if (group.logGroupName !== undefined) names.push(group.logGroupName);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  if (names.length === 0)
    throw new AppError('SERVICE_UNAVAILABLE', 'no Lambda log groups found matching prefix');
  return names;
}

/** The request ID goes in as it is. */
function queryString(requestId: string): string {
  return [
    'fields @timestamp, @message',
    `\t\t| filter request_id = "${requestId}"`,
    '\t\t| sort @timestamp asc',
  ].join('\n');
}

async function pollResults(
  ctx: RequestContext,
  { logs, sleep }: Dependencies,
  queryId: string,
): Promise<readonly ResultField[][]> {
  for (let attempt = 1; attempt <= pollAttempts; attempt++) {
    if (attempt > 1) await sleep(pollInterval);
    const output = await naming('failed to get CloudWatch Logs Insights query results', () =>
      logs.send(new GetQueryResultsCommand({ queryId }), sendOptions(ctx)),
    );
    if (output.status === 'Complete') return output.results ?? [];
    if (output.status === 'Failed' || output.status === 'Cancelled')
      throw new AppError(
        'INTERNAL_ERROR',
        `CloudWatch Logs Insights query failed with status: ${output.status}`,
      );
  }
  throw new AppError('SERVICE_UNAVAILABLE', 'CloudWatch Logs Insights query timed out');
}

function toLogEvent(row: readonly ResultField[]): LogEvent {
  let message = '';
  let time = '';
  for (const { field, value } of row) {
    if (field === '@message') message = value ?? '';
    if (field === '@timestamp') time = value ?? '';
  }
  return { timestamp: eventTimestamp(message, time), message };
}
