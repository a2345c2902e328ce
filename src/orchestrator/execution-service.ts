import { AppError, findAppError } from '../contracts/index.js';
import type {
  Execution,
  ExecutionRepository,
  ExecutionRequest,
  ImageRegistry,
  LogAggregator,
  LogEvent,
  RequestContext,
  SecretRepository,
  TaskExecutor,
} from '../contracts/index.js';
import { hasEnded, mayBecome, statusesBefore } from './execution-lifecycle.js';
import { getExecution } from './get-execution.js';
import type { Log } from './log.js';
import { ownDeadline } from './own-deadline.js';
import { resolveSecrets } from './resolve-secrets.js';
import { startTask } from './start-task.js';
import { stopUnrecordedTask } from './stop-unrecorded-task.js';

/** What the service keeps its records with. */
export interface ExecutionServiceOptions {
  readonly executions: Pick<ExecutionRepository, 'createExecution' | 'findExecution' | 'transition'>;
  readonly secrets: Pick<SecretRepository, 'findSecret'>;
  /** Becomes `cloud` of the executions that it makes. */
  readonly providerName: string;
  readonly log: Log;
  readonly now: () => Date;
}

/** Runs commands, reads what they printed and stops them. */
export class ExecutionService {
  constructor(
    private readonly taskExecutor: TaskExecutor,
    private readonly imageRegistry: ImageRegistry,
    private readonly logAggregator: LogAggregator,
    private readonly options: ExecutionServiceOptions,
  ) {}

  /**
   * Starts a command and records it. A caller who hangs up once the task was started does not undo it.
   *
   * @throws AppError `INVALID_REQUEST` for an empty command or a secret that is not there; when the record cannot be
   * written, the task is stopped.
   */
  async run(ctx: RequestContext, userEmail: string, request: ExecutionRequest): Promise<Execution> {
    this.checkCommand(request);
    const { executions, secrets, providerName, now } = this.options;
    const { env, secretVarNames } = await resolveSecrets({ secrets }, ctx, request);

    const started = await startTask(
      { taskExecutor: this.taskExecutor, imageRegistry: this.imageRegistry },
      ctx,
      userEmail,
      { ...request, env, secretVarNames },
    );

    const requestId = ctx.requestId ?? '';
    const execution: Execution = {
      executionId: started.executionId,
      createdBy: userEmail,
      ownedBy: [userEmail],
      command: request.command,
      status: 'STARTING',
      startedAt: started.createdAt ?? now(),
      exitCode: 0,
      createdByRequestId: requestId,
      modifiedByRequestId: requestId,
      cloud: providerName,
    };
    try {
      await executions.createExecution(ownDeadline(ctx), execution);
    } catch (error) {
      await stopUnrecordedTask(this.taskExecutor, this.options.log, ownDeadline(ctx), execution.executionId);
      throw error;
    }
    return execution;
  }

  /** What is wrong with a command shows before anything is looked up. @throws AppError `INVALID_REQUEST`. */
  checkCommand({ command }: Pick<ExecutionRequest, 'command'>): void {
    if (command === '') throw new AppError('INVALID_REQUEST', 'command is required');
  }

  /**
   * The log of an execution as far as it has been written, and the record as it was just before.
   *
   * @throws AppError `NOT_FOUND` (`execution not found`), `SERVICE_UNAVAILABLE` while a task that has not ended has no
   * log yet.
   */
  async readLogs(
    ctx: RequestContext,
    executionId: string,
  ): Promise<{ readonly execution: Execution; readonly events: readonly LogEvent[] }> {
    const execution = await getExecution(this.options, ctx, executionId);
    try {
      return { execution, events: await this.logAggregator.fetchExecutionLogs(ctx, executionId) };
    } catch (error) {
      // A task that is over and never had a log will not get one: waiting for it would never end.
      const hasNoLog = findAppError(error)?.code === 'SERVICE_UNAVAILABLE';
      if (hasNoLog && hasEnded(execution.status)) return { execution, events: [] };
      throw error;
    }
  }

  /**
   * Asks for an execution to be stopped. Resolves to whether there was anything to stop: an execution that has ended, or
   * is ending, is left alone.
   *
   * @throws AppError `NOT_FOUND` (`execution not found`, `task not found`), `INVALID_REQUEST` when the task has just ended.
   */
  async kill(ctx: RequestContext, executionId: string): Promise<boolean> {
    const { executions } = this.options;
    const { status } = await getExecution(this.options, ctx, executionId);
    if (!mayBecome(status, 'TERMINATING')) return false;

    await this.taskExecutor.killTask(ctx, executionId);

    // A lost race is no error: then the task's ending has been recorded already.
    await executions.transition(ownDeadline(ctx), executionId, {
      from: statusesBefore('TERMINATING'),
      to: 'TERMINATING',
      requestId: ctx.requestId,
    });
    return true;
  }
}
