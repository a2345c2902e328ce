import {
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  type GetLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';

import type { LogEvent, RequestContext } from '../../contracts/index.js';
import type { CloudWatchLogs } from './aws-clients.js';
import { sendOptions } from './send-options.js';
import { isNamed, naming, translateError } from './translate-error.js';

/** A log stream and what it is read with. */
export interface LogStream {
  readonly logs: CloudWatchLogs;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** Whether there is a stream of exactly this name. */
export async function hasLogStream(
  ctx: RequestContext,
  { logs, logGroupName, logStreamName }: LogStream,
): Promise<boolean> {
  const command = new DescribeLogStreamsCommand({
    logGroupName,
    logStreamNamePrefix: logStreamName,
    limit: 50,
  });
  const { logStreams = [] } = await naming('failed to describe log streams', () =>
    logs.send(command, sendOptions(ctx)),
  );
  // Names are sorted, so that the exact one comes first: one page is enough.
  return logStreams.some((stream) => stream.logStreamName === logStreamName);
}

/** Pages of a stream from its beginning, until CloudWatch repeats its token. */
export async function* readLogStream(
  ctx: RequestContext,
  { logs, logGroupName, logStreamName }: LogStream,
): AsyncGenerator<LogEvent[]> {
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
      // A stream that disappears while it is read is at its end.
      if (isNamed(cause, 'ResourceNotFoundException')) return;
      throw translateError(cause, 'failed to get log events');
    }
    yield (page.events ?? []).map(({ timestamp = 0, message = '' }) => ({ timestamp, message }));
    // An empty page alone does not mean the end.
    if (page.nextForwardToken === undefined || page.nextForwardToken === nextToken) return;
    nextToken = page.nextForwardToken;
  }
}
