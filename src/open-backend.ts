import type { Writable } from 'node:stream';
import { multistream, pino, type Logger } from 'pino';
import { AppError } from './contracts/index.js';
import type { Provider } from './contracts/index.js';
import { createLocalProvider } from './providers/local/index.js';
import type { Settings } from './settings.js';

/** What only a main program has, and a backend needs. */
export interface BackendOptions {
  readonly now: () => Date;
  readonly nextId: () => string;
  readonly stdout: Writable;
}

/** A provider, and the log that what was done for a request is found in later. */
export interface Backend {
  readonly provider: Provider;
  readonly logger: Logger;
  /** Sentences for whoever starts the server. */
  readonly notes: readonly string[];
}

/**
 * Opens the provider that the settings name.
 *
 * @throws AppError `INVALID_REQUEST` when there is no such provider, or when it refuses its settings.
 */
export async function openBackend(
  settings: Settings,
  { now, nextId, stdout }: BackendOptions,
): Promise<Backend> {
  if (settings.provider !== 'local') {
    throw new AppError('INVALID_REQUEST', 'The settings cannot be used:\n  REFACET_PROVIDER must be local');
  }
  const { isolation, encryptionKey, killGraceMs, logLevel: level } = settings;
  const provider = await createLocalProvider({
    stateDirectory: settings.home,
    nextId,
    isolation,
    encryptionKey,
    killGraceMs,
    now,
  });
  const streams = [stdout, provider.backendLog].map((stream) => ({ level, stream }));
  return { provider, logger: pino({ level }, multistream(streams)), notes: provider.description };
}
