import { AppError, type LogAggregator, type LogEvent, type RequestContext } from '../../contracts/index.js';
import type { CloudWatchLogs } from './aws-clients.js';
import { logStreamOf, runnerContainer } from './containers.js';
import { hasLogStream, type LogStream, readLogStream } from './execution-log-stream.js';

/** What logs of tasks are read with. */
export interface CloudWatchLogAggregatorOptions {
  readonly logs: CloudWatchLogs;
  /** CloudWatch log group of task containers. */
  readonly logGroup: string;
}

/** Reads what tasks print from CloudWatch Logs, where each container of a task has a stream of its own. */
export function createCloudWatchLogAggregator({
  logs,
  logGroup,
}: CloudWatchLogAggregatorOptions): LogAggregator {
  const openStream = async (ctx: RequestContext, executionId: string): Promise<LogStream> => {
    if (executionId === '') throw new AppError('INVALID_REQUEST', 'executionID is required');
    const logStreamName = logStreamOf(runnerContainer, executionId);
    const stream = { logs, logGroupName: logGroup, logStreamName };
    if (await hasLogStream(ctx, stream)) return stream;
    throw new AppError('SERVICE_UNAVAILABLE', `log stream '${logStreamName}' does not exist yet`);
  };

  return {
    async fetchExecutionLogs(ctx, executionId) {
      const events: LogEvent[] = [];
      for await (const page of readLogStream(ctx, await openStream(ctx, executionId))) events.push(...page);
      return events;
    },

    async *readExecutionLogs(ctx, executionId) {
      for await (const page of readLogStream(ctx, await openStream(ctx, executionId))) yield* page;
    },
  };
}
