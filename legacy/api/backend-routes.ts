import type { BackendRecords } from '../../src/api/backend-records.js';
import type { Route } from '../../src/api/route.js';
import type { Runner } from '../runner.js';
import { createExecutionRoutes } from './execution-routes.js';
import { createImageRoutes } from './image-routes.js';
import { createRunRoutes } from './run-routes.js';
import { createTraceRoutes } from './trace-routes.js';

/** What the routes that reach the backend are made of. */
export interface BackendRouteDependencies extends BackendRecords {
  readonly runner: Runner;
}

/** Every route that reaches the backend: it runs, watches and stops commands, keeps images, or finds backend logs. */
export function createBackendRoutes({ runner, ...records }: BackendRouteDependencies): readonly Route[] {
  return [
    ...createRunRoutes({ runner, ...records }),
    ...createExecutionRoutes({ runner, ...records }),
    ...createImageRoutes({ runner }),
    ...createTraceRoutes({ runner, ...records }),
  ];
}
