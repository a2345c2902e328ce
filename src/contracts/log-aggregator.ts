import type { LogEvent } from './log-event.js';
import type { RequestContext } from './request-context.js';

/** Which part of a log to read, and whether to wait for the rest. */
export interface ReadExecutionLogsOptions {
  /** Position of the last event that the reader has; absent means from the beginning. */
  readonly after?: string | undefined;
  /** Go on as the log grows, until the task has ended and its last line was given. Default false. */
  readonly follow?: boolean | undefined;
}

/** Gives back what tasks have printed. */
export interface LogAggregator {
  /**
   * The log of one execution as far as it has been written, at most its last 32 MiB; where more was written, the first
   * event says how much was left out. No events is an empty list.
   *
   * @throws AppError `INVALID_REQUEST` for an empty ID, `SERVICE_UNAVAILABLE` while the backend has no log for it yet.
   */
  fetchExecutionLogs(ctx: RequestContext, executionId: string): Promise<LogEvent[]>;

  /**
   * The log of one execution event by event, with one page in memory however long it is. Ends without an error when
   * `ctx.signal` aborts.
   *
   * @throws AppError as {@link LogAggregator.fetchExecutionLogs}, from the first `next()`.
   */
  readExecutionLogs(
    ctx: RequestContext,
    executionId: string,
    options?: ReadExecutionLogsOptions,
  ): AsyncIterable<LogEvent>;
}
