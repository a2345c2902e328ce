import type {
  ExecutionRequest,
  ImageRegistry,
  RequestContext,
  StartedTask,
  TaskExecutor,
} from '../contracts/index.js';
import { replaceKey } from './replace-key.js';

/** The parts of two facets that starting a task by image reference needs. */
export interface StartTaskFacets {
  readonly taskExecutor: Pick<TaskExecutor, 'startTask'>;
  readonly imageRegistry: Pick<ImageRegistry, 'resolveImage'>;
}

/**
 * Looks the image of a request up and starts the task with its ID.
 *
 * @throws AppError as {@link ImageRegistry.resolveImage} and {@link TaskExecutor.startTask}; nothing was started when
 * the image could not be resolved.
 */
export async function startTask(
  { taskExecutor, imageRegistry }: StartTaskFacets,
  ctx: RequestContext,
  userEmail: string,
  request: ExecutionRequest,
): Promise<StartedTask> {
  // What the caller changes while the image is looked up has no effect.
  const task = { ...request };
  const imageId = await imageRegistry.resolveImage(ctx, task.image);
  return taskExecutor.startTask(ctx, userEmail, replaceKey(task, 'image', 'imageId', imageId));
}
