import type { RequestContext } from './request-context.js';

/** What a user asks to be run. An empty string means the same as absence. */
export interface ExecutionRequest {
  /** Shell text, run by `/bin/sh -c`. */
  readonly command: string;
  /** Image reference or image ID; absent means the default image. */
  readonly image?: string | undefined;
  /** Environment of the task, secrets included. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Names in `env` whose values must not be shown anywhere. Set by the service, never read from the wire. */
  readonly secretVarNames?: readonly string[] | undefined;
  /** Names of the secrets that were merged into `env`; kept for logs. */
  readonly secrets?: readonly string[] | undefined;
  /** Repository to check out before the command runs. */
  readonly gitRepo?: string | undefined;
  /** Branch or tag; absent means `main`. */
  readonly gitRef?: string | undefined;
  /** Folder of the checkout to run in; absent means its root. */
  readonly gitPath?: string | undefined;
  /** Seconds until the task is ended; absent or 0 means no limit. */
  readonly timeout?: number | undefined;
}

/** An {@link ExecutionRequest} whose image has been looked up: executors know IDs only. */
export type TaskRequest = Omit<ExecutionRequest, 'image'> & { readonly imageId: string };

/** A task that the backend has accepted. */
export interface StartedTask {
  readonly executionId: string;
  /** When the backend made the task, in its own time; absent when it does not say. */
  readonly createdAt?: Date | undefined;
}

/** Runs commands as tasks. Says nothing of how they end: see `TaskObserver`. */
export interface TaskExecutor {
  /**
   * Starts a task and returns once the backend has accepted it; the command may not have begun.
   * The executor makes the execution ID.
   *
   * @throws AppError `INVALID_REQUEST` when the image ID is not registered or the request cannot be run here.
   */
  startTask(ctx: RequestContext, userEmail: string, request: TaskRequest): Promise<StartedTask>;

  /**
   * Asks the backend to stop a task and returns once it has agreed; the task may still be running.
   *
   * @throws AppError `NOT_FOUND` when no such task is known, `INVALID_REQUEST` when it has ended or is already ending.
   */
  killTask(ctx: RequestContext, executionId: string): Promise<void>;
}
