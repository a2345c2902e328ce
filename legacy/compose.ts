import { composeApi } from '../src/compose-api.js';
import type { Api, ApiOptions } from '../src/compose-api.js';
import { createBackendRoutes } from './api/backend-routes.js';
import { LegacyRunner } from './legacy-runner.js';
import type { Runner } from './runner.js';

/** What the existing API is built from. */
export interface LegacyApiOptions extends ApiOptions {
  /** What the existing services call. Default: the facade over the provider. */
  readonly runner?: Runner | undefined;
}

/** Builds the existing API over a provider, with a `Runner` in the middle. Nothing runs yet. */
export function composeLegacyApi({ runner, ...options }: LegacyApiOptions): Api {
  const calledRunner = runner ?? new LegacyRunner(options.provider);
  return composeApi(options, (records) => createBackendRoutes({ runner: calledRunner, ...records }));
}
