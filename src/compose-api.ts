import type { BackendRecords } from './api/backend-records.js';
import { createCoreRoutes } from './api/core-routes.js';
import type { Route } from './api/route.js';
import { createAuthorizer } from './orchestrator/authorize.js';
import type { ServiceOptions } from './start-service.js';

/** What an API is and runs on: all that `startService` and `runServer` ask for but where to listen. */
export type Api = Omit<
  ServiceOptions,
  'host' | 'port' | 'corsAllowedOrigins' | 'requestTimeoutMs' | 'firstAdmin'
>;

/** What an API is built from. */
export interface ApiOptions extends Pick<
  ServiceOptions,
  'provider' | 'logger' | 'now' | 'elapsed' | 'randomBytes'
> {
  /** The program's own version, which `/health` tells. */
  readonly version: string;
  /** Address of the service as clients see it; absent means the host that a client asked. */
  readonly publicUrl?: string | undefined;
}

/** Builds an API over a provider from the routes that reach its backend and all the others. Nothing runs yet. */
export function composeApi(
  { version, publicUrl, ...options }: ApiOptions,
  createBackendRoutes: (records: BackendRecords) => readonly Route[],
): Api {
  const { provider, logger: log, now, randomBytes } = options;
  const newRequestId = (): string => randomBytes(16).toString('hex');
  const authorizer = createAuthorizer(provider);
  const { executions, secrets, streamTokens, users, imageRegistry: images, name: providerName } = provider;

  return {
    ...options,
    newRequestId,
    authorizer,
    routes: [
      ...createCoreRoutes({ ...provider, version, log, now, randomBytes, newRequestId }),
      ...createBackendRoutes({
        executions,
        secrets,
        streamTokens,
        users,
        images,
        providerName,
        authorizer,
        log,
        now,
        randomBytes,
        publicUrl,
      }),
    ],
  };
}
