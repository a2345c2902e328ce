import type { NextFunction, Request, Response } from 'express';
import { findAppError } from '../contracts/index.js';
import { errorDetails } from './error-details.js';
import { RequestFailure } from './request-failure.js';
import { findRequestState } from './request-state.js';
import { discardRest } from './discard-rest.js';
import { sendJson } from './send-json.js';

/** The body of every answer that reports a failure. */
export interface ErrorBody {
  readonly error: string;
  readonly code?: string;
  readonly details?: string;
}

/** What an answer says about a failure; the only place where such a body is formed. */
export function errorAnswer(error: unknown): { readonly status: number; readonly body: ErrorBody } {
  const failure = error instanceof RequestFailure ? error : undefined;
  const classified = findAppError(error);
  if (classified === undefined) {
    // Nobody worded this for a client: the log has it, under the request's ID.
    const sentence = failure?.sentence ?? 'internal error';
    return { status: 500, body: { error: sentence, details: 'internal error' } };
  }
  const details = failure?.details ?? errorDetails(classified);
  return {
    status: classified.status,
    body: {
      error: failure?.sentence ?? classified.message,
      ...(classified.code === undefined ? {} : { code: classified.code }),
      ...(details === '' ? {} : { details }),
    },
  };
}

/** Answers a request whose handling failed; Express knows an error handler by its four parameters. */
export async function errorHandler(
  error: unknown,
  request: Request,
  response: Response,
  _next: NextFunction,
): Promise<void> {
  const { status, body } = errorAnswer(error);
  // Below 500 the client was told what it did; the texts may hold what it sent, which a log must not.
  if (status >= 500) findRequestState(response)?.logger.error({ err: error }, body.error);
  if (response.headersSent) {
    // Half an answer cannot be taken back; a cut connection is the one way to say that it is not whole.
    response.destroy();
    return;
  }
  if (status === 413) {
    // The answer goes out before the connection is given up, and its client is likely to be still sending.
    response.setHeader('Connection', 'close');
    sendJson(response, status, body, 'open');
    await discardRest(request);
    response.end();
    return;
  }
  sendJson(response, status, body);
}
