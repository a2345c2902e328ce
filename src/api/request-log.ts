import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { requestSignal } from './request-deadline.js';
import { findRequestState, setRequestState } from './request-state.js';

/** What the middleware needs to name and to time requests. */
export interface RequestLogOptions {
  readonly logger: Logger;
  readonly newRequestId: () => string;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
}

/** Gives every request its ID and writes one record when it has ended, without path, query, headers or body. */
export function createRequestLog({ logger, newRequestId, elapsed }: RequestLogOptions): RequestHandler {
  return (request, response, next) => {
    const requestId = newRequestId();
    const requestLogger = logger.child({ requestId });
    const begun = elapsed();
    setRequestState(response, {
      context: { requestId, signal: requestSignal(response) },
      logger: requestLogger,
    });
    response.on('close', () => {
      const record = {
        method: request.method,
        route: findRequestState(response)?.route ?? 'unknown',
        status: response.statusCode,
        durationMs: Math.round(elapsed() - begun),
      };
      if (response.writableFinished) requestLogger.info(record, 'request answered');
      else requestLogger.warn(record, 'request abandoned by its client');
    });
    next();
  };
}
