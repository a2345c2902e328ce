import {
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  type OutputLogEvent,
} from '@aws-sdk/client-cloudwatch-logs';

import { AppError, type RequestContext } from '../../contracts/index.js';
import type { CloudWatchLogs } from './aws-clients.js';
import { sendOptions } from './send-options.js';
import { isNamed, naming } from './translate-error.js';

/** A log stream and what it is read with. */
export interface LogStream {
  readonly logs: CloudWatchLogs;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** A page of a stream, and how to ask for the next one. */
export interface LogPage {
  readonly events: readonly OutputLogEvent[];
  readonly nextToken: string | undefined;
  /** CloudWatch repeats its token at the end; an empty page alone does not mean the end. */
  readonly isLast: boolean;
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

/** That the container has not written anything yet, or that what it wrote is gone. */
export function missingStream({ logStreamName }: Pick<LogStream, 'logStreamName'>): AppError {
  return new AppError('SERVICE_UNAVAILABLE', `log stream '${logStreamName}' does not exist yet`);
}

/** Reads one page: from the beginning, from a time (Unix milliseconds), or behind another page. */
export async function readLogPage(
  ctx: RequestContext,
  stream: LogStream,
  from: { readonly nextToken?: string | undefined; readonly startTime?: number | undefined },
): Promise<LogPage> {
  const { logs, logGroupName, logStreamName } = stream;
  const { nextToken, startTime } = from;
  const command = new GetLogEventsCommand({
    logGroupName,
    logStreamName,
    startFromHead: true,
    limit: 10_000,
    ...(startTime !== undefined && { startTime }),
    ...(nextToken !== undefined && { nextToken }),
  });
  const { events = [], nextForwardToken } = await naming('failed to get log events', () =>
    logs.send(command, sendOptions(ctx)),
  ).catch((error: unknown) => {
    // Retention took it while it was read. Half a log that looks like a whole one would be a lie.
    if (error instanceof AppError && isNamed(error.cause, 'ResourceNotFoundException'))
      throw missingStream(stream);
    throw error;
  });
  const isLast = nextForwardToken === undefined || nextForwardToken === nextToken;
  return { events, nextToken: nextForwardToken ?? nextToken, isLast };
}
