import { createBackendRoutes } from '../../src/api/backend-routes.js';
import { composeApi } from '../../src/compose-api.js';
import type { Api, ApiOptions } from '../../src/compose-api.js';
import { serve } from './serve.js';

/** The API as it stands after the migration, on the facets themselves. */
export const composeMigratedApi = (options: ApiOptions): Api =>
  composeApi(options, (records) => createBackendRoutes({ ...options.provider, ...records }));

export const startMigrated = serve(composeMigratedApi);
