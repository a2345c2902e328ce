import type {
  ExecutionRequest,
  ImageInfo,
  LogEvent,
  RequestContext,
  StartedTask,
} from '../../src/contracts/index.js';
import type { Runner } from '../runner.js';
import { fetchBackendLogs } from './backend-logs.js';
import type { AwsRunnerOptions, Dependencies } from './dependencies.js';
import { fetchLogsByExecutionId } from './execution-logs.js';
import {
  getDefaultImageFromDb,
  getImage,
  getImagesByRequestId,
  getTaskDefinitionArnForImage,
  listImages,
} from './get-image.js';
import { ImagesTable } from './images-table.js';
import { killTask } from './kill-task.js';
import { registerImage } from './register-image.js';
import { removeImage } from './remove-image.js';
import { startTask } from './start-task.js';

/**
 * The runner as production ran it before it was split: eight methods, three concerns, ECS, DynamoDB, CloudWatch Logs and
 * IAM. Frozen, defects included: every equivalence test asks it for the truth.
 *
 * A list that the original left null is empty, a crash of the original is a `TypeError` after its effect, and variables
 * are in order of their names.
 */
export class AwsRunner implements Runner {
  private readonly dependencies: Dependencies;

  constructor({ dynamodb, ...options }: AwsRunnerOptions) {
    const imagesTable =
      dynamodb === undefined
        ? undefined
        : new ImagesTable(dynamodb, options.config.imageTaskDefsTable, options.now);
    this.dependencies = { ...options, imagesTable };
  }

  startTask(ctx: RequestContext, userEmail: string, request: ExecutionRequest): Promise<StartedTask> {
    return startTask(ctx, this.dependencies, userEmail, request);
  }

  killTask(ctx: RequestContext, executionId: string): Promise<void> {
    return killTask(ctx, this.dependencies, executionId);
  }

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
    return registerImage(ctx, this.dependencies, {
      image,
      isDefault,
      taskRoleName,
      taskExecutionRoleName,
      cpu,
      memory,
      runtimePlatform,
      createdBy,
    });
  }

  listImages(ctx: RequestContext): Promise<ImageInfo[]> {
    return listImages(ctx, this.dependencies);
  }

  getImage(ctx: RequestContext, image: string): Promise<ImageInfo> {
    return getImage(ctx, this.dependencies, image);
  }

  removeImage(ctx: RequestContext, image: string): Promise<void> {
    return removeImage(ctx, this.dependencies, image);
  }

  fetchLogsByExecutionId(ctx: RequestContext, executionId: string): Promise<LogEvent[]> {
    return fetchLogsByExecutionId(ctx, this.dependencies, executionId);
  }

  fetchBackendLogs(ctx: RequestContext, requestId: string): Promise<LogEvent[]> {
    return fetchBackendLogs(ctx, this.dependencies, requestId);
  }

  /** Not part of `Runner`: the reference of the default image, empty when there is none. */
  getDefaultImageFromDb(ctx: RequestContext): Promise<string> {
    return getDefaultImageFromDb(ctx, this.dependencies);
  }

  /** Not part of `Runner`: the family of the task definitions of an image, despite the name. */
  getTaskDefinitionArnForImage(ctx: RequestContext, image: string): Promise<string> {
    return getTaskDefinitionArnForImage(ctx, this.dependencies, image);
  }

  /** Not part of `Runner`: images that a request registered or last changed, in the order of the table. */
  getImagesByRequestId(ctx: RequestContext, requestId: string): Promise<ImageInfo[]> {
    return getImagesByRequestId(ctx, this.dependencies, requestId);
  }
}
