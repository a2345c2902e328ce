import {
  AppError,
  type LogAggregator,
  type LogEvent,
  type ReadExecutionLogsOptions,
  type RequestContext,
  type TaskObserver,
} from '../../contracts/index.js';
import type { CloudWatchLogs } from './aws-clients.js';
import { logStreamOf, runnerContainer, sidecarContainer } from './containers.js';
import { hasLogStream, type LogStream, missingStream, readLogPage } from './execution-log-stream.js';
import { createLastEvents } from './last-events.js';
import { createPositionCounter, isBehind, parsePosition } from './log-position.js';
import { maskUrlCredentials } from './mask-url-credentials.js';
import type { Sleep } from './sleep.js';

/** What logs of tasks are read with. */
export interface CloudWatchLogAggregatorOptions {
  readonly logs: CloudWatchLogs;
  /** CloudWatch log group of task containers. */
  readonly logGroup: string;
  /** Tells whether there is anything left to wait for. */
  readonly taskObserver: Pick<TaskObserver, 'describeTasks'>;
  readonly sleep: Sleep;
}

/** Milliseconds between two looks of a follower. */
const followInterval = 1_000;
/** Looks after the end of a task: CloudWatch shows events some seconds after they were written. */
const looksAfterTheEnd = 5;

/** CloudWatch may give empty pages where a stream has gaps, but not without end. */
const mostEmptyPages = 10_000;

/** Reads what tasks print from CloudWatch Logs, where each container of a task has a stream of its own. */
export function createCloudWatchLogAggregator(options: CloudWatchLogAggregatorOptions): LogAggregator {
  const { logs, logGroup, taskObserver, sleep } = options;
  const streamOf = (container: string, executionId: string): LogStream => ({
    logs,
    logGroupName: logGroup,
    logStreamName: logStreamOf(container, executionId),
  });

  /** Whether a task has ended, or is no longer known. */
  const isOver = async (ctx: RequestContext, executionId: string): Promise<boolean> => {
    const state = (await taskObserver.describeTasks(ctx, [executionId])).get(executionId);
    return state === undefined || state.phase === 'ended';
  };

  /**
   * The stream to read. A task whose sidecar failed never gets one of the runner: then the sidecar's tells why.
   * `undefined` while there is nothing to read yet.
   */
  const findStream = async (ctx: RequestContext, executionId: string): Promise<LogStream | undefined> => {
    if (executionId === '') throw new AppError('INVALID_REQUEST', 'executionID is required');
    const runner = streamOf(runnerContainer, executionId);
    if (await hasLogStream(ctx, runner)) return runner;
    if (!(await isOver(ctx, executionId))) return undefined;
    const sidecar = streamOf(sidecarContainer, executionId);
    if (await hasLogStream(ctx, sidecar)) return sidecar;
    throw missingStream(runner);
  };

  const openStream = async (
    ctx: RequestContext,
    executionId: string,
    follow: boolean,
  ): Promise<LogStream> => {
    for (;;) {
      const stream = await findStream(ctx, executionId);
      if (stream !== undefined) return stream;
      if (!follow) throw missingStream(streamOf(runnerContainer, executionId));
      await sleep(followInterval, ctx.signal);
    }
  };

  async function* read(
    ctx: RequestContext,
    executionId: string,
    { after, follow = false }: ReadExecutionLogsOptions,
  ): AsyncGenerator<LogEvent> {
    const position = after === undefined ? undefined : parsePosition(after);
    const stream = await openStream(ctx, executionId, follow);
    const isSidecar = stream.logStreamName === logStreamOf(sidecarContainer, executionId);
    const count = createPositionCounter();
    let nextToken: string | undefined;
    let emptyPages = 0;
    for (let looksLeft = looksAfterTheEnd; ;) {
      const page = await readLogPage(ctx, stream, { nextToken, startTime: position?.timestamp });
      nextToken = page.nextToken;
      for (const { ordinal, ...event } of page.events.map(count)) {
        if (position !== undefined && !isBehind({ timestamp: event.timestamp, ordinal }, position)) continue;
        yield isSidecar ? { ...event, message: maskUrlCredentials(event.message) } : event;
      }
      emptyPages = page.events.length > 0 || page.isLast ? 0 : emptyPages + 1;
      if (emptyPages > mostEmptyPages) throw endless();
      if (!page.isLast) continue;
      if (!follow || looksLeft === 0) return;
      looksLeft = (await isOver(ctx, executionId)) ? looksLeft - 1 : looksAfterTheEnd;
      await sleep(followInterval, ctx.signal);
    }
  }

  return {
    async fetchExecutionLogs(ctx, executionId) {
      const events = createLastEvents();
      for await (const event of read(ctx, executionId, {})) events.add(event);
      return events.toArray();
    },

    async *readExecutionLogs(ctx, executionId, readOptions = {}) {
      try {
        yield* read(ctx, executionId, readOptions);
      } catch (error) {
        if (ctx.signal?.aborted !== true) throw error;
      }
    },
  };
}

function endless(): AppError {
  const cause = new Error(`CloudWatch gave ${mostEmptyPages} empty pages in a row`);
  return new AppError('INTERNAL_ERROR', 'failed to get log events', { cause });
}
