import type { Route } from '../../src/api/route.js';
import type { Provider } from '../../src/contracts/index.js';
import type { Authorizer } from '../../src/orchestrator/authorize.js';
import type { StreamTokenDependencies } from '../../src/orchestrator/create-stream-token.js';
import type { Log } from '../../src/orchestrator/log.js';
import type { Runner } from '../runner.js';
import { createExecutionRoutes } from './execution-routes.js';
import { createImageRoutes } from './image-routes.js';
import { createRunRoutes } from './run-routes.js';
import { createTraceRoutes } from './trace-routes.js';

/** What the routes need beside the backend itself. */
export interface BackendRouteOptions extends Pick<StreamTokenDependencies, 'now' | 'randomBytes'> {
  readonly provider: Provider;
  readonly authorizer: Authorizer;
  readonly log: Log;
  readonly publicUrl?: string | undefined;
}

/** Every route that reaches the backend: it runs, watches and stops commands, keeps images, or finds backend logs. */
export function createBackendRoutes(runner: Runner, options: BackendRouteOptions): readonly Route[] {
  const { provider, authorizer, log, now, randomBytes, publicUrl } = options;
  const { name: providerName, executions, secrets, streamTokens, users } = provider;
  const records = { executions, secrets, providerName, log, now };

  return [
    ...createRunRoutes({ runner, authorizer, ...records }),
    ...createExecutionRoutes({ runner, streamTokens, randomBytes, publicUrl, ...records }),
    ...createImageRoutes({ runner }),
    ...createTraceRoutes({ runner, images: provider.imageRegistry, executions, secrets, users }),
  ];
}
