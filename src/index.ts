export { AppError, findAppError, roles, statusByCode } from './contracts/index.js';
export type {
  AppErrorOptions,
  BackendObservability,
  ErrorCode,
  Execution,
  ExecutionQuery,
  ExecutionRepository,
  ExecutionRequest,
  ExecutionStatus,
  ExecutionTransition,
  Facets,
  HealthIssue,
  HealthReconciler,
  HealthReport,
  ImageConfig,
  ImageInfo,
  ImageRegistry,
  LogAggregator,
  LogEvent,
  PendingKey,
  PendingKeyRepository,
  PermissionConfig,
  Provider,
  ProviderUpkeep,
  ReadExecutionLogsOptions,
  Repositories,
  RequestContext,
  ResourceConfig,
  Role,
  RuntimeConfig,
  Secret,
  SecretMetadata,
  SecretRepository,
  SecretUpdate,
  StartedTask,
  StreamToken,
  StreamTokenRepository,
  TaskDescription,
  TaskEnding,
  TaskExecutor,
  TaskObserver,
  TaskRequest,
  TaskState,
  User,
  UserRepository,
} from './contracts/index.js';
export { applyTaskState } from './orchestrator/apply-task-state.js';
export { createAuthorizer } from './orchestrator/authorize.js';
export type {
  AccessRequest,
  Authorizer,
  AuthorizerOptions,
  OwnedResource,
} from './orchestrator/authorize.js';
export { claimKey } from './orchestrator/claim-key.js';
export { createFirstAdmin } from './orchestrator/create-first-admin.js';
export { createStreamToken } from './orchestrator/create-stream-token.js';
export { createUser } from './orchestrator/create-user.js';
export { hasEnded, isTerminal, mayBecome, statusesBefore } from './orchestrator/execution-lifecycle.js';
export { ExecutionService } from './orchestrator/execution-service.js';
export type { ExecutionServiceOptions } from './orchestrator/execution-service.js';
export { followTasks } from './orchestrator/follow-tasks.js';
export { getExecution } from './orchestrator/get-execution.js';
export { ImageService } from './orchestrator/image-service.js';
export type { ImageRegistration } from './orchestrator/image-service.js';
export type { Log, LogWrite } from './orchestrator/log.js';
export { purgeExpired, purgeExpiredPeriodically } from './orchestrator/purge-expired.js';
export { recoverExecutions } from './orchestrator/recover-executions.js';
export { refreshExecution } from './orchestrator/refresh-execution.js';
export { resolveSecrets } from './orchestrator/resolve-secrets.js';
export { revokeUser } from './orchestrator/revoke-user.js';
export { startTask } from './orchestrator/start-task.js';
export { taskOutcome } from './orchestrator/task-outcome.js';
export { traceRequest } from './orchestrator/trace-request.js';
export type { Trace, TraceDependencies } from './orchestrator/trace-request.js';
