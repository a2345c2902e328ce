import type { Response } from 'express';
import type { RequestContext } from '../contracts/index.js';
import { getRequestState } from './request-state.js';

/** The first parameter of every call that a handler makes: request ID, and the signal that ends with the request. */
export function requestContext(response: Response): RequestContext {
  return getRequestState(response).context;
}
