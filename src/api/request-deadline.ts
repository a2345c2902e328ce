import type { RequestHandler, Response } from 'express';
import { AppError } from '../contracts/index.js';

const signals = new WeakMap<Response, AbortSignal>();

/** The signal that ends with the request; see {@link createRequestDeadline}. */
export function requestSignal(response: Response): AbortSignal {
  const signal = signals.get(response);
  if (signal === undefined)
    throw new Error('The request has no deadline: it did not pass through createApp.');
  return signal;
}

/**
 * Gives every request a signal that aborts after a time or when its client hangs up. It cancels what waits for the
 * signal and writes no answer of its own.
 *
 * @param timeoutMs 0 means no limit.
 */
export function createRequestDeadline(timeoutMs: number): RequestHandler {
  return (_request, response, next) => {
    const controller = new AbortController();
    signals.set(response, controller.signal);
    // Whoever rethrows the reason of the signal has an error that is fit to be sent.
    const abort = (reason: string): void => controller.abort(new AppError('SERVICE_UNAVAILABLE', reason));
    const timer =
      timeoutMs > 0 ? setTimeout(() => abort('the request took too long'), timeoutMs).unref() : undefined;
    response.on('close', () => {
      clearTimeout(timer);
      if (!response.writableFinished) abort('the client closed the connection');
    });
    next();
  };
}
