import express from 'express';
import type { Express } from 'express';
import { createCors } from './cors.js';
import { createDispatch } from './dispatch.js';
import type { DispatchOptions } from './dispatch.js';
import { errorHandler } from './error-handler.js';
import { createRequestDeadline } from './request-deadline.js';
import { createRequestLog } from './request-log.js';
import type { RequestLogOptions } from './request-log.js';

/** What the application is built from. */
export interface AppOptions extends DispatchOptions, RequestLogOptions {
  /** Origins that a browser may call from; `*` allows every one. */
  readonly corsAllowedOrigins: readonly string[];
  /** Milliseconds after which a request's work is cancelled; 0 means never. */
  readonly requestTimeoutMs: number;
}

/**
 * Builds the application from the routes it is handed; it does not listen. Routing is ours and not Express's, which
 * ignores case and trailing slashes, decodes encoded ones and answers HEAD with GET, all against the contract.
 */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);

  app.use(createRequestDeadline(options.requestTimeoutMs));
  app.use(createCors(options.corsAllowedOrigins));
  app.use((_request, response, next) => {
    response.setHeader('Content-Type', 'application/json');
    next();
  });
  app.use(createRequestLog(options));
  app.use(createDispatch(options));
  app.use(errorHandler);
  return app;
}
