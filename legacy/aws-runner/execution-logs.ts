import {
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  type GetLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';

import { AppError, type LogEvent, type RequestContext } from '../../src/contracts/index.js';
import type { Dependencies } from './dependencies.js';
import { naming } from './failing-step.js';
import { sendOptions } from './send-options.js';
import { isNamed } from './wrapped-error.js';

/** Everything that the runner container of a task has logged, in the order in which it comes. */
export async function fetchLogsByExecutionId(
  ctx: RequestContext,
  { logs, config: { logGroup } }: Dependencies,
  executionId: string,
): Promise<LogEvent[]> {
  if (executionId === '') throw new AppError('INVALID_REQUEST', 'executionID is required');
  const logStreamName = `task/runner/${executionId}`;
  const streams = await naming('failed to describe log streams', () =>
    logs.send(
      new DescribeLogStreamsCommand({
        logGroupName: logGroup,
        logStreamNamePrefix: logStreamName,
        limit: 50,
      }),
      sendOptions(ctx),
    ),
  );
  if (!(streams.logStreams ?? []).some((stream) => stream.logStreamName === logStreamName))
    throw new AppError('SERVICE_UNAVAILABLE', `log stream '${logStreamName}' does not exist yet`);
  return readStream(ctx, logs, logGroup, logStreamName);
}

/** A stream that disappears while it is read counts as read to the end. */
async function readStream(
  ctx: RequestContext,
  logs: Dependencies['logs'],
  logGroupName: string,
  logStreamName: string,
): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  for (let nextToken: string | undefined; ;) {
    const command = new GetLogEventsCommand({
      logGroupName,
      logStreamName,
      startFromHead: true,
      limit: 10_000,
      ...(nextToken !== undefined && { nextToken }),
    });
    let page: GetLogEventsCommandOutput;
    try {
      page = await logs.send(command, sendOptions(ctx));
    } catch (cause) {
      if (isNamed(cause, 'ResourceNotFoundException')) return events;
      throw new AppError('INTERNAL_ERROR', 'failed to get log events', { cause });
    }
    for (const { timestamp = 0, message = '' } of page.events ?? []) events.push({ timestamp, message });
    // CloudWatch repeats the token at the end of a stream; an empty page alone does not mean the end.
    if (page.nextForwardToken === undefined || page.nextForwardToken === nextToken) return events;
    nextToken = page.nextForwardToken;
  }
}
