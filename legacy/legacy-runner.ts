import type {
  BackendObservability,
  ExecutionRequest,
  Facets,
  ImageInfo,
  ImageRegistry,
  LogAggregator,
  LogEvent,
  RequestContext,
  StartedTask,
  TaskExecutor,
} from '../src/contracts/index.js';
import { startTask } from '../src/orchestrator/start-task.js';
import type { Runner } from './runner.js';
import { backendObservabilityOf } from './way-back/backend-observability-of.js';
import { imageRegistryOf } from './way-back/image-registry-of.js';
import { logAggregatorOf } from './way-back/log-aggregator-of.js';
import { taskExecutorOf } from './way-back/task-executor-of.js';

const runnerMethods = [
  'startTask',
  'killTask',
  'registerImage',
  'listImages',
  'getImage',
  'removeImage',
  'fetchLogsByExecutionId',
  'fetchBackendLogs',
] as const satisfies readonly (keyof Runner)[];

/**
 * A `Runner` on top of the facets. Each method is one delegating expression and nothing else, because a codemod puts
 * that expression where the method was called. Counting and warning belong to `meteredRunner`.
 *
 * @deprecated Hand the facets themselves to the code that needs them.
 */
export class LegacyRunner implements Runner {
  readonly taskExecutor: TaskExecutor;
  readonly imageRegistry: ImageRegistry;
  readonly logAggregator: LogAggregator;
  readonly backendObservability: BackendObservability;
  /** What no proxy and no `Object.create(LegacyRunner.prototype)` has, whatever else it answers. */
  readonly #isFacade = true;

  constructor(facets: Facets) {
    this.taskExecutor = facets.taskExecutor;
    this.imageRegistry = facets.imageRegistry;
    this.logAggregator = facets.logAggregator;
    this.backendObservability = facets.backendObservability;
  }

  /**
   * Whether a runner is a facade of exactly this class. A subclass, or an instance that a test has spied on, may do
   * more than its facets do, so it is not.
   */
  static isExactly(runner: Runner): runner is LegacyRunner {
    return (
      #isFacade in runner &&
      Object.getPrototypeOf(runner) === LegacyRunner.prototype &&
      !runnerMethods.some((method) => Object.hasOwn(runner, method))
    );
  }

  /**
   * Looks the image up and starts the task with its ID.
   *
   * @deprecated Use `startTask({ taskExecutor, imageRegistry }, …)`, or `TaskExecutor.startTask` where the image ID is known.
   */
  startTask(ctx: RequestContext, userEmail: string, request: ExecutionRequest): Promise<StartedTask> {
    return startTask(
      { taskExecutor: this.taskExecutor, imageRegistry: this.imageRegistry },
      ctx,
      userEmail,
      request,
    );
  }

  /**
   * Asks the backend to stop a task.
   *
   * @deprecated Use `TaskExecutor.killTask`.
   */
  killTask(ctx: RequestContext, executionId: string): Promise<void> {
    return this.taskExecutor.killTask(ctx, executionId);
  }

  /**
   * Registers an image.
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
  ): Promise<void> {
    return this.imageRegistry.registerImage(ctx, {
      image,
      isDefault,
      permissions: { taskRole: taskRoleName, executionRole: taskExecutionRoleName },
      resources: { cpu, memory },
      runtime: { platform: runtimePlatform },
      registeredBy: createdBy,
    });
  }

  /**
   * Every image.
   *
   * @deprecated Use `ImageRegistry.listImages`.
   */
  listImages(ctx: RequestContext): Promise<ImageInfo[]> {
    return this.imageRegistry.listImages(ctx);
  }

  /**
   * An image by ID or reference; `''` means the default image.
   *
   * @deprecated Use `ImageRegistry.getImage`.
   */
  getImage(ctx: RequestContext, image: string): Promise<ImageInfo> {
    return this.imageRegistry.getImage(ctx, image);
  }

  /**
   * Removes an image by its ID.
   *
   * @deprecated Use `ImageRegistry.removeImage`.
   */
  removeImage(ctx: RequestContext, image: string): Promise<void> {
    return this.imageRegistry.removeImage(ctx, image);
  }

  /**
   * The log of one execution as far as it has been written.
   *
   * @deprecated Use `LogAggregator.fetchExecutionLogs`, or `LogAggregator.readExecutionLogs` for a log of any length.
   */
  fetchLogsByExecutionId(ctx: RequestContext, executionId: string): Promise<LogEvent[]> {
    return this.logAggregator.fetchExecutionLogs(ctx, executionId);
  }

  /**
   * What the backend itself logged while it served one request.
   *
   * @deprecated Use `BackendObservability.fetchBackendLogs`.
   */
  fetchBackendLogs(ctx: RequestContext, requestId: string): Promise<LogEvent[]> {
    return this.backendObservability.fetchBackendLogs(ctx, requestId);
  }
}

const unwrapped = new WeakMap<Runner, Facets>();
const adapted = new WeakMap<Runner, Facets>();

/**
 * The facets of any `Runner`, always the same ones for the same runner: the ones that a facade was made of, else views
 * that call the runner. A view looks a method up when it is called, so a partial double serves the methods it has.
 * No view can serve `setDefaultImage` and `getImagesByRequestId`; those reject with `NOT_SUPPORTED`.
 */
export function facetsOf(runner: Runner): Facets {
  // Asked anew each time: a test may spy on a facade after its facets were given out.
  return LegacyRunner.isExactly(runner)
    ? memoised(unwrapped, runner, membersOf)
    : memoised(adapted, runner, viewsOf);
}

function memoised<Key extends Runner>(
  memo: WeakMap<Runner, Facets>,
  runner: Key,
  make: (runner: Key) => Facets,
): Facets {
  const known = memo.get(runner);
  if (known !== undefined) return known;
  const facets = make(runner);
  memo.set(runner, facets);
  return facets;
}

function membersOf({
  taskExecutor,
  imageRegistry,
  logAggregator,
  backendObservability,
}: LegacyRunner): Facets {
  return { taskExecutor, imageRegistry, logAggregator, backendObservability };
}

function viewsOf(runner: Runner): Facets {
  return {
    taskExecutor: taskExecutorOf(runner),
    imageRegistry: imageRegistryOf(runner),
    logAggregator: logAggregatorOf(runner),
    backendObservability: backendObservabilityOf(runner),
  };
}
