import type {
  ExecutionRequest,
  ImageInfo,
  LogEvent,
  RequestContext,
  StartedTask,
} from '../src/contracts/index.js';

/**
 * Runs tasks, keeps images and reads logs: three concerns that have each got an interface of their own.
 *
 * @deprecated Use `TaskExecutor`, `ImageRegistry`, `LogAggregator` or `BackendObservability`.
 * `facetsOf(runner)` gives them for any `Runner`.
 */
export interface Runner {
  /**
   * Starts a task and returns once the backend has accepted it. Without an image it runs on the default one.
   *
   * @deprecated Use `startTask({ taskExecutor, imageRegistry }, …)`, or `TaskExecutor.startTask` where the image ID is known.
   */
  startTask(ctx: RequestContext, userEmail: string, request: ExecutionRequest): Promise<StartedTask>;

  /**
   * Asks the backend to stop a task and returns once it has agreed; the task may still be running.
   *
   * @deprecated Use `TaskExecutor.killTask`.
   */
  killTask(ctx: RequestContext, executionId: string): Promise<void>;

  /**
   * Registers an image. The same configuration again changes nothing but the default mark (`isDefault` of `true`).
   *
   * @deprecated Use `ImageRegistry.registerImage`, which takes one object.
   */
  registerImage(
    ctx: RequestContext,
    image: string,
    isDefault: boolean | undefined,
    taskRoleName: string | undefined,
    taskExecutionRoleName: string | undefined,
    cpu: number | undefined,
    memory: number | undefined,
    runtimePlatform: string | undefined,
    createdBy: string,
  ): Promise<void>;

  /**
   * Every image, by reference and then by ID.
   *
   * @deprecated Use `ImageRegistry.listImages`.
   */
  listImages(ctx: RequestContext): Promise<ImageInfo[]>;

  /**
   * An image by ID or reference; `''` means the default image.
   *
   * @deprecated Use `ImageRegistry.getImage`.
   */
  getImage(ctx: RequestContext, image: string): Promise<ImageInfo>;

  /**
   * Removes an image by its ID.
   *
   * @deprecated Use `ImageRegistry.removeImage`.
   */
  removeImage(ctx: RequestContext, image: string): Promise<void>;

  /**
   * The log of one execution as far as it has been written, at most its last 32 MiB.
   *
   * @deprecated Use `LogAggregator.fetchExecutionLogs`, or `LogAggregator.readExecutionLogs` for a log of any length.
   */
  fetchLogsByExecutionId(ctx: RequestContext, executionId: string): Promise<LogEvent[]>;

  /**
   * What the backend itself logged while it served one request.
   *
   * @deprecated Use `BackendObservability.fetchBackendLogs`.
   */
  fetchBackendLogs(ctx: RequestContext, requestId: string): Promise<LogEvent[]>;
}
