import type { RequestContext } from './request-context.js';

/** Where an execution stands; `spec` of the HTTP contract, section 4.2. */
export type ExecutionStatus = 'STARTING' | 'RUNNING' | 'TERMINATING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED';

/** The service's own record of one run. */
export interface Execution {
  readonly executionId: string;
  readonly createdBy: string;
  readonly ownedBy: readonly string[];
  readonly command: string;
  readonly status: ExecutionStatus;
  /** When the provider made the task; never moved. */
  readonly startedAt: Date;
  readonly completedAt?: Date | undefined;
  /** 0 until the execution has completed. */
  readonly exitCode: number;
  /** Whole seconds; absent until the execution has completed. */
  readonly durationSeconds?: number | undefined;
  readonly logStreamName?: string | undefined;
  readonly createdByRequestId: string;
  readonly modifiedByRequestId: string;
  /** Name of the provider that ran it. */
  readonly cloud?: string | undefined;
}

/** A change of status that applies only to a record that still has one of the statuses in `from`. */
export interface ExecutionTransition {
  readonly from: readonly ExecutionStatus[];
  readonly to: ExecutionStatus;
  readonly completedAt?: Date | undefined;
  readonly exitCode?: number | undefined;
  readonly durationSeconds?: number | undefined;
  /** Becomes `modifiedByRequestId`; absent keeps what is there. */
  readonly requestId?: string | undefined;
}

/** Which executions to list, newest first. */
export interface ExecutionQuery {
  /** Keep executions with one of these statuses; absent means all. Unknown values match nothing. */
  readonly statuses?: readonly string[] | undefined;
  /** At most so many; absent means all. */
  readonly limit?: number | undefined;
}

/** Keeps the records of executions. Every failure of the store is `DATABASE_ERROR`. */
export interface ExecutionRepository {
  /** @throws AppError `CONFLICT` (`execution already exists`) when the ID is taken. */
  createExecution(ctx: RequestContext, execution: Execution): Promise<void>;

  findExecution(ctx: RequestContext, executionId: string): Promise<Execution | undefined>;

  /**
   * Compare and set. Resolves to whether the change was made: `false` says that the record has another status by now,
   * which is no error.
   *
   * @throws AppError `NOT_FOUND` (`execution not found`) when there is no such record.
   */
  transition(ctx: RequestContext, executionId: string, transition: ExecutionTransition): Promise<boolean>;

  /** Newest first by `startedAt`, then by ID; at most 1,000 records are held in memory at a time. */
  listExecutions(ctx: RequestContext, query?: ExecutionQuery): AsyncIterable<Execution>;

  /** Executions that a request created or last changed. */
  listExecutionsByRequestId(ctx: RequestContext, requestId: string): Promise<Execution[]>;
}
