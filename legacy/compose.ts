import { createCoreRoutes } from '../src/api/core-routes.js';
import { createAuthorizer } from '../src/orchestrator/authorize.js';
import type { ServiceOptions } from '../src/start-service.js';
import { createBackendRoutes } from './api/backend-routes.js';
import { LegacyRunner } from './legacy-runner.js';
import type { Runner } from './runner.js';

/** What the existing API is and runs on: all that `startService` and `runServer` ask for but where to listen. */
export type LegacyApi = Omit<
  ServiceOptions,
  'host' | 'port' | 'corsAllowedOrigins' | 'requestTimeoutMs' | 'firstAdmin'
>;

/** What the existing API is built from. */
export interface LegacyApiOptions extends Pick<
  ServiceOptions,
  'provider' | 'logger' | 'now' | 'elapsed' | 'randomBytes'
> {
  /** What the existing services call. Default: the facade over the provider. */
  readonly runner?: Runner | undefined;
  /** The program's own version, which `/health` tells. */
  readonly version: string;
  /** Address of the service as clients see it; absent means the host that a client asked. */
  readonly publicUrl?: string | undefined;
}

/** Builds the existing API over a provider, with a `Runner` in the middle. Nothing runs yet. */
export function composeLegacyApi({ version, publicUrl, runner, ...options }: LegacyApiOptions): LegacyApi {
  const { provider, logger: log, now, randomBytes } = options;
  const newRequestId = (): string => randomBytes(16).toString('hex');
  const authorizer = createAuthorizer(provider);

  return {
    ...options,
    newRequestId,
    authorizer,
    routes: [
      ...createCoreRoutes({ ...provider, version, log, now, randomBytes, newRequestId }),
      ...createBackendRoutes(runner ?? new LegacyRunner(provider), {
        provider,
        authorizer,
        log,
        now,
        randomBytes,
        publicUrl,
      }),
    ],
  };
}
