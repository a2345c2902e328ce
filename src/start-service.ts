import { createServer } from 'node:http';
import type { Logger } from 'pino';
import { createApp } from './api/app.js';
import { createLastUsedRecorder } from './api/last-used.js';
import { attachLogStreams } from './api/log-streams.js';
import { watchRequests } from './api/requests-in-flight.js';
import type { Route } from './api/route.js';
import { closeServer } from './close-server.js';
import type { Provider } from './contracts/index.js';
import { listen } from './listen.js';
import type { RandomBytes } from './orchestrator/api-key.js';
import type { Authorizer } from './orchestrator/authorize.js';
import { createFirstAdmin } from './orchestrator/create-first-admin.js';
import type { FirstAdmin, FirstAdminRequest } from './orchestrator/create-first-admin.js';
import { followTasks } from './orchestrator/follow-tasks.js';
import { purgeExpiredPeriodically } from './orchestrator/purge-expired.js';
import { recoverExecutions, recoverYoungTasks } from './orchestrator/recover-executions.js';
import { sleep } from './orchestrator/sleep.js';

/** What a service is started with. */
export interface ServiceOptions {
  readonly host: string;
  /** 0 is any free port. */
  readonly port: number;
  readonly corsAllowedOrigins: readonly string[];
  readonly requestTimeoutMs: number;
  /** Made while there is no user. */
  readonly firstAdmin: FirstAdminRequest;
  readonly provider: Provider;
  readonly routes: readonly Route[];
  readonly authorizer: Authorizer;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Milliseconds of a clock that never goes back; `performance.now` of node:perf_hooks. */
  readonly elapsed: () => number;
  readonly newRequestId: () => string;
  readonly randomBytes: RandomBytes;
}

/** A service that answers requests and follows tasks. */
export interface Service {
  readonly port: number;
  /** Present when this start made the first user. */
  readonly firstAdmin: FirstAdmin | undefined;
  /** Finishes what is under way, within limits, and lets go of the port. Tasks go on; the provider stays open. */
  stop(): Promise<void>;
}

/** How long answers, then handlers without a client, and then writes in the background may take at a shutdown. */
const requestLimit = 10_000;
const backgroundLimit = 2_000;

/** Recovers what a crash left behind, makes the first admin, begins to follow tasks, and listens. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { provider, logger, now, elapsed, newRequestId } = options;
  const stopping = new AbortController();
  const ctx = { signal: stopping.signal };
  const shared = { ...provider, providerName: provider.name, log: logger, now, newRequestId, elapsed };

  const young = await recoverExecutions(shared, ctx);
  const firstAdmin = await createFirstAdmin(
    { ...shared, randomBytes: options.randomBytes },
    ctx,
    options.firstAdmin,
  );

  const lastUsed = createLastUsedRecorder({ users: provider.users, logger, now });
  const requests = watchRequests(options.routes);
  const server = createServer(
    // Longer than any proxy keeps a connection, so that the one to close it is not us in the middle of a request.
    { keepAliveTimeout: 65_000, headersTimeout: 15_000, requestTimeout: 60_000 },
    createApp({ ...options, routes: requests.routes, users: provider.users, lastUsed }),
  );
  const streams = attachLogStreams(server, { ...shared, logger });
  const port = await listen(server, options);
  const background = Promise.all([
    followTasks(shared, ctx),
    purgeExpiredPeriodically(shared, ctx, provider.upkeep?.purgeEvery),
    recoverYoungTasks(shared, ctx, young),
  ]);
  background.catch((error: unknown) => logger.fatal({ err: error }, 'stopped following tasks'));

  const finish = async (): Promise<void> => {
    await Promise.all([closeServer(server, requestLimit), streams.close()]);
    // Handlers outlive clients that hang up: a run that was begun is recorded before the store closes.
    await Promise.race([requests.settled(), sleep(requestLimit)]);
    stopping.abort();
    const settled = Promise.allSettled([background, lastUsed.settled()]);
    await Promise.race([settled, sleep(backgroundLimit)]);
  };
  let finished: Promise<void> | undefined;
  return { port, firstAdmin, stop: () => (finished ??= finish()) };
}
