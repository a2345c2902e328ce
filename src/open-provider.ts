import { type Logger, multistream } from 'pino';
import type { Provider } from './contracts/index.js';
import { createLogger } from './create-logger.js';
import { type AwsDeployment, createAwsProvider, openAwsDeployment } from './providers/aws/index.js';
import { createLocalProvider } from './providers/local/index.js';
import type { Settings } from './settings.js';

/** What a provider is opened with. */
export interface OpenProviderOptions {
  readonly settings: Settings;
  /** Where a provider finds settings of its own. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** Makes execution IDs where the backend makes none: 32 lower-case hexadecimal digits. */
  readonly nextId: () => string;
  /** Receives the server's log, line by line. */
  readonly output: { write(line: string): void };
}

/** A provider, and what the server around it is told by it. */
export interface OpenedProvider {
  readonly provider: Provider;
  readonly logger: Logger;
  /** Sentences for whoever starts the server. */
  readonly notes: readonly string[];
  /** Present on AWS: what else than the provider may be made there. */
  readonly deployment?: AwsDeployment | undefined;
}

/**
 * Opens the provider that the settings name, together with the server's log, which a provider may keep.
 *
 * @throws AppError with what to do about it.
 */
export async function openProvider(options: OpenProviderOptions): Promise<OpenedProvider> {
  switch (options.settings.provider) {
    case 'local':
      return openLocal(options);
    case 'aws':
      return openAws(options);
  }
}

async function openLocal({ settings, now, nextId, output }: OpenProviderOptions): Promise<OpenedProvider> {
  const provider = await createLocalProvider({
    stateDirectory: settings.home,
    nextId,
    isolation: settings.isolation,
    encryptionKey: settings.encryptionKey,
    killGraceMs: settings.killGraceMs,
    now,
  });
  const { logLevel: level } = settings;
  const streams = [output, provider.backendLog].map((stream) => ({ level, stream }));
  return { provider, logger: createLogger(level, multistream(streams)), notes: provider.description };
}

async function openAws({ settings, env, now, output }: OpenProviderOptions): Promise<OpenedProvider> {
  const logger = createLogger(settings.logLevel, output);
  const deployment = await openAwsDeployment(env);
  const { region, accountId, config } = deployment;
  const provider = await createAwsProvider({ ...deployment, now, log: logger });
  const place = `cluster ${config.ecsCluster}, account ${accountId}, ${region}`;
  return { provider, logger, deployment, notes: [`Tasks run on AWS: ${place}.`] };
}
