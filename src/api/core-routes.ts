import type { ClaimKeyDependencies } from '../orchestrator/claim-key.js';
import type { RefreshExecutionDependencies } from '../orchestrator/refresh-execution.js';
import { createClaimRoute } from './claim-route.js';
import { createExecutionStatusRoute } from './execution-status-route.js';
import { createHealthRoutes } from './health-routes.js';
import type { HealthRouteDependencies } from './health-routes.js';
import { createListExecutionsRoute } from './list-executions-route.js';
import type { Route } from './route.js';
import { createSecretRoutes } from './secret-routes.js';
import type { SecretRouteDependencies } from './secret-routes.js';
import { createUserRoutes } from './user-routes.js';
import type { UserRouteDependencies } from './user-routes.js';
import type { ExecutionRepository } from '../contracts/index.js';

/** What the routes need together; a provider, a clock, a source of random bytes and a log are enough. */
export type CoreRouteDependencies = HealthRouteDependencies &
  ClaimKeyDependencies &
  UserRouteDependencies &
  SecretRouteDependencies &
  RefreshExecutionDependencies & { readonly executions: Pick<ExecutionRepository, 'listExecutions'> };

/** Every route that neither runs, kills nor reads the log of a task, and that does not manage images. */
export function createCoreRoutes(dependencies: CoreRouteDependencies): readonly Route[] {
  return [
    ...createHealthRoutes(dependencies),
    createClaimRoute(dependencies),
    createListExecutionsRoute(dependencies),
    createExecutionStatusRoute(dependencies),
    ...createUserRoutes(dependencies),
    ...createSecretRoutes(dependencies),
  ];
}
