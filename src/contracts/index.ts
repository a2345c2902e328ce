export type { BackendObservability } from './backend-observability.js';
export { AppError, findAppError, statusByCode } from './errors.js';
export type { AppErrorOptions, ErrorCode } from './errors.js';
export type {
  Execution,
  ExecutionQuery,
  ExecutionRepository,
  ExecutionStatus,
  ExecutionTransition,
} from './execution-repository.js';
export type {
  ImageConfig,
  ImageInfo,
  ImageRegistry,
  PermissionConfig,
  ResourceConfig,
  RuntimeConfig,
} from './image-registry.js';
export type { LogAggregator, ReadExecutionLogsOptions } from './log-aggregator.js';
export type { LogEvent } from './log-event.js';
export type { PendingKey, PendingKeyRepository } from './pending-key-repository.js';
export type {
  Facets,
  HealthIssue,
  HealthReconciler,
  HealthReport,
  Provider,
  ProviderUpkeep,
  Repositories,
} from './provider.js';
export type { RequestContext } from './request-context.js';
export type { Secret, SecretMetadata, SecretRepository, SecretUpdate } from './secret-repository.js';
export type { StreamToken, StreamTokenRepository } from './stream-token-repository.js';
export type { ExecutionRequest, StartedTask, TaskExecutor, TaskRequest } from './task-executor.js';
export type { TaskDescription, TaskEnding, TaskObserver, TaskState } from './task-observer.js';
export { roles } from './user-repository.js';
export type { Role, User, UserRepository } from './user-repository.js';
