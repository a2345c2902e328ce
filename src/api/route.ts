import type { Request, Response } from 'express';

/** What a caller wants to do to the path; what the role table and ownership decide on. */
export type Action = 'create' | 'read' | 'update' | 'delete';

/** One operation of the API. The application is built from the list it is handed. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /**
   * Path below `/api/v1`, such as `/executions/:executionID/logs`. `:name` is exactly one segment (an empty one
   * included), a final `*name` is everything that follows, slashes included.
   */
  readonly path: string;
  /** `public` needs no key; anything else is asked of the authorizer before the handler runs. */
  readonly action: Action | 'public';
  /** Answers the request. What it throws or rejects with reaches the error handler. */
  readonly handler: (request: Request, response: Response) => Promise<void>;
}
