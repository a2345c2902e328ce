import type { BackendRecords } from './backend-records.js';
import type { Route } from './route.js';
import type { BackendObservability, ImageRegistry, LogAggregator, TaskExecutor } from '../contracts/index.js';
import { createExecutionRoutes } from './execution-routes.js';
import { createImageRoutes } from './image-routes.js';
import { createRunRoutes } from './run-routes.js';
import { createTraceRoutes } from './trace-routes.js';

/** What the routes that reach the backend are made of. */
export interface BackendRouteDependencies extends BackendRecords {
  readonly taskExecutor: TaskExecutor;
  readonly imageRegistry: ImageRegistry;
  readonly logAggregator: LogAggregator;
  readonly backendObservability: BackendObservability;
}

/** Every route that reaches the backend: it runs, watches and stops commands, keeps images, or finds backend logs. */
export function createBackendRoutes({
  taskExecutor,
  imageRegistry,
  logAggregator,
  backendObservability,
  ...records
}: BackendRouteDependencies): readonly Route[] {
  return [
    ...createRunRoutes({ taskExecutor, imageRegistry, logAggregator, ...records }),
    ...createExecutionRoutes({ taskExecutor, imageRegistry, logAggregator, ...records }),
    ...createImageRoutes({ imageRegistry }),
    ...createTraceRoutes({ backendObservability, ...records }),
  ];
}
