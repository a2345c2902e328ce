import type { BackendObservability } from './backend-observability.js';
import type { ExecutionRepository } from './execution-repository.js';
import type { ImageRegistry } from './image-registry.js';
import type { LogAggregator } from './log-aggregator.js';
import type { PendingKeyRepository } from './pending-key-repository.js';
import type { RequestContext } from './request-context.js';
import type { SecretRepository } from './secret-repository.js';
import type { StreamTokenRepository } from './stream-token-repository.js';
import type { TaskExecutor } from './task-executor.js';
import type { TaskObserver } from './task-observer.js';
import type { UserRepository } from './user-repository.js';

/** A thing that should not be as it is, found by a reconciliation. */
export interface HealthIssue {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What was done about it, or what a person should do. */
  readonly action: string;
}

/** What a reconciliation of the service's records with the backend found. Counts are 0 where a provider has no such thing. */
export interface HealthReport {
  readonly timestamp: Date;
  readonly computeStatus: {
    readonly totalResources: number;
    readonly verifiedCount: number;
    readonly recreatedCount: number;
    readonly tagUpdatedCount: number;
    readonly orphanedCount: number;
    readonly orphanedResources: readonly string[];
  };
  readonly secretsStatus: {
    readonly totalSecrets: number;
    readonly verifiedCount: number;
    readonly tagUpdatedCount: number;
    readonly missingCount: number;
    readonly orphanedCount: number;
    readonly orphanedParameters: readonly string[];
  };
  readonly identityStatus: {
    readonly defaultRolesVerified: boolean;
    readonly customRolesVerified: number;
    readonly customRolesTotal: number;
    readonly missingRoles: readonly string[];
  };
  readonly issues: readonly HealthIssue[];
  /** How many resources were put right. */
  readonly reconciledCount: number;
}

/** Compares what the service recorded with what the backend holds, and puts right what can be put right safely. */
export interface HealthReconciler {
  reconcile(ctx: RequestContext): Promise<HealthReport>;
}

/** The facets of one backend. */
export interface Facets {
  readonly taskExecutor: TaskExecutor;
  readonly imageRegistry: ImageRegistry;
  readonly logAggregator: LogAggregator;
  readonly backendObservability: BackendObservability;
}

/** The service's own records. */
export interface Repositories {
  readonly executions: ExecutionRepository;
  readonly users: UserRepository;
  readonly pendingKeys: PendingKeyRepository;
  readonly secrets: SecretRepository;
  readonly streamTokens: StreamTokenRepository;
}

/**
 * How the service keeps its records in step with a backend, in milliseconds. What is absent is as a backend needs it that
 * knows every task for ever and serves one server alone.
 */
export interface ProviderUpkeep {
  /** An execution whose task is not known ends as lost once it was started this long ago. Default: at the next start. */
  readonly lostAfter?: number | undefined;
  /** How long a task may have no record, since another server may be about to write it. Default: 0. */
  readonly recordedWithin?: number | undefined;
  /** How often every open execution is compared with its task, whatever a watch has said. Default: a minute. */
  readonly sweepEvery?: number | undefined;
  /** How often expired users, keys and tokens are deleted. Default: a minute. */
  readonly purgeEvery?: number | undefined;
}

/** Everything that one backend offers; what `createLocalProvider` and its peers return. */
export interface Provider extends Facets, Repositories {
  /** Recorded as `cloud` of the executions that it ran. */
  readonly name: string;
  readonly taskObserver: TaskObserver;
  readonly healthReconciler: HealthReconciler;
  readonly upkeep?: ProviderUpkeep | undefined;
  /** Lets go of files and connections; running tasks go on. */
  close(): Promise<void>;
}
