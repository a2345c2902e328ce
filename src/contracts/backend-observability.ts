import type { LogEvent } from './log-event.js';
import type { RequestContext } from './request-context.js';

/** Gives back what the backend itself logged. */
export interface BackendObservability {
  /**
   * What the backend logged while it served one request, oldest first. Unknown requests have no events.
   *
   * @throws AppError `SERVICE_UNAVAILABLE` when the logs cannot be searched now.
   */
  fetchBackendLogs(ctx: RequestContext, requestId: string): Promise<LogEvent[]>;
}
