import type { Response } from 'express';
import type { Logger } from 'pino';
import type { RequestContext, User } from '../contracts/index.js';

/** What the middleware found out about a request, for handlers and for the log. */
export interface RequestState {
  readonly context: RequestContext;
  /** Writes the request's ID into every record. */
  readonly logger: Logger;
  /** Pattern of the matched route; never the path, which may hold a claim token. */
  readonly route?: string | undefined;
  /** Who asks; absent on public routes and before authentication. */
  readonly user?: User | undefined;
}

const states = new WeakMap<Response, RequestState>();

/** Keeps or amends what is known about a request. */
export function setRequestState(response: Response, state: RequestState): void {
  states.set(response, state);
}

/** What is known about a request so far; absent before the middleware has given it an ID. */
export function findRequestState(response: Response): RequestState | undefined {
  return states.get(response);
}

/** As {@link findRequestState}, for code that runs behind the middleware. */
export function getRequestState(response: Response): RequestState {
  const state = states.get(response);
  if (state === undefined) throw new Error('The request has no state: it did not pass through createApp.');
  return state;
}
