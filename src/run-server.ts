import type { RandomBytes } from './orchestrator/api-key.js';
import { banner } from './banner.js';
import type { BannerOptions } from './banner.js';
import type { FirstAdmin } from './orchestrator/create-first-admin.js';
import type { Settings } from './settings.js';
import { startService } from './start-service.js';
import type { ServiceOptions } from './start-service.js';
import { writeFirstAdminKey } from './write-first-admin-key.js';

/** The part of `process` that a server needs. */
export interface ServerProcess {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): void;
  readonly stdout: { readonly isTTY?: boolean; write(text: string): unknown };
}

/** What a server is run with. */
export interface RunServerOptions extends Pick<
  ServiceOptions,
  'provider' | 'routes' | 'authorizer' | 'logger' | 'now' | 'elapsed' | 'newRequestId'
> {
  readonly settings: Settings;
  readonly randomBytes: RandomBytes;
  /** Sentences of the provider for whoever starts the server. */
  readonly notes: readonly string[];
  readonly process: ServerProcess;
}

/** Two signals within this time are one: `npm start` passes Ctrl-C on, and the terminal sends it as well. */
const oneSignal = 1_000;

async function tellFirstAdmin(
  { process, settings }: RunServerOptions,
  firstAdmin: FirstAdmin | undefined,
): Promise<BannerOptions['firstAdmin']> {
  // Whoever set the key knows it.
  if (firstAdmin?.isGenerated !== true) return undefined;
  const { email, apiKey } = firstAdmin;
  if (process.stdout.isTTY === true) return { email, key: { shown: 'here', apiKey } };
  // What is no terminal is a log, and keys do not belong into logs.
  return { email, key: { shown: 'in-file', path: await writeFirstAdminKey(settings.home, apiKey) } };
}

/** Resolves at the first signal. A later one ends the process at once, whatever is still under way. */
function untilSignal({ process, elapsed }: RunServerOptions): {
  signalled: Promise<void>;
  forget: () => void;
} {
  let onSignal: () => void = () => undefined;
  const signalled = new Promise<void>((resolve) => {
    let firstAt: number | undefined;
    onSignal = () => {
      if (firstAt === undefined) {
        firstAt = elapsed();
        resolve();
      } else if (elapsed() - firstAt > oneSignal) {
        process.exit(130);
      }
    };
  });
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signalled,
    forget: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}

/**
 * Starts the service, says so, and serves until SIGINT or SIGTERM: then it finishes what is under way, leaves tasks
 * running and closes the provider. The provider is closed when the start fails, too.
 */
export async function runServer(options: RunServerOptions): Promise<void> {
  const { settings, provider, logger, process } = options;
  const { signalled, forget } = untilSignal(options);
  try {
    const service = await startService({
      ...options,
      host: settings.host,
      port: settings.port,
      corsAllowedOrigins: settings.corsAllowedOrigins,
      requestTimeoutMs: settings.requestTimeoutMs,
      firstAdmin: { email: settings.adminEmail, apiKey: settings.adminKey },
    });
    try {
      const firstAdmin = await tellFirstAdmin(options, service.firstAdmin);
      process.stdout.write(
        banner({
          host: settings.host,
          port: service.port,
          notes: options.notes,
          stateDirectory: settings.provider === 'local' ? settings.home : undefined,
          firstAdmin,
        }),
      );
      await signalled;
      logger.info('stopping; tasks go on');
    } finally {
      await service.stop();
    }
  } finally {
    await provider.close();
    forget();
  }
}
