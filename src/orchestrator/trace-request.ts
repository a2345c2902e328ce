import { AppError } from '../contracts/index.js';
import type {
  BackendObservability,
  Execution,
  ExecutionRepository,
  ImageInfo,
  ImageRegistry,
  LogEvent,
  RequestContext,
  SecretMetadata,
  SecretRepository,
  User,
  UserRepository,
} from '../contracts/index.js';

/** What a trace looks into. */
export interface TraceDependencies {
  readonly backendObservability: BackendObservability;
  readonly images: Pick<ImageRegistry, 'getImagesByRequestId'>;
  readonly executions: Pick<ExecutionRepository, 'listExecutionsByRequestId'>;
  readonly secrets: Pick<SecretRepository, 'listSecretsByRequestId'>;
  readonly users: Pick<UserRepository, 'listUsersByRequestId'>;
}

/** What is known of one request: what was logged, and what it created or was the last to change. */
export interface Trace {
  readonly logs: readonly LogEvent[];
  readonly executions: readonly Execution[];
  readonly secrets: readonly SecretMetadata[];
  readonly users: readonly User[];
  readonly images: readonly ImageInfo[];
}

/**
 * Finds out about one request. An unknown ID has a trace with nothing in it.
 *
 * @throws AppError `SERVICE_UNAVAILABLE` when any part of it cannot be read.
 */
export async function traceRequest(
  dependencies: TraceDependencies,
  ctx: RequestContext,
  requestId: string,
): Promise<Trace> {
  try {
    const [logs, executions, secrets, users, images] = await Promise.all([
      dependencies.backendObservability.fetchBackendLogs(ctx, requestId),
      dependencies.executions.listExecutionsByRequestId(ctx, requestId),
      dependencies.secrets.listSecretsByRequestId(ctx, requestId),
      dependencies.users.listUsersByRequestId(ctx, requestId),
      dependencies.images.getImagesByRequestId(ctx, requestId),
    ]);
    return { logs, executions, secrets, users, images };
  } catch (cause) {
    throw new AppError('SERVICE_UNAVAILABLE', 'failed to fetch trace', { cause });
  }
}
