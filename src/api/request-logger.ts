import type { Response } from 'express';
import type { Logger } from 'pino';
import { getRequestState } from './request-state.js';

/** The log of one request: its ID is in every record, which is how `trace` finds them. */
export function requestLogger(response: Response): Logger {
  return getRequestState(response).logger;
}
