import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { AppError, type Provider } from '../../contracts/index.js';
import { openBackendLog, type BackendLog } from './backend-log.js';
import { findImageLimits } from './find-image-limits.js';
import { findOrphanedDirectories } from './find-orphaned-directories.js';
import { probeIsolation, type Isolation, type IsolationMode } from './isolation.js';
import { createLocalBackendObservability } from './local-backend-observability.js';
import { createLocalHealthReconciler } from './local-health-reconciler.js';
import { createLocalLogAggregator } from './local-log-aggregator.js';
import { createLocalTaskExecutor, defaultTaskPath } from './local-task-executor.js';
import { createLocalTaskObserver } from './local-task-observer.js';
import { openStore } from './open-store.js';
import { openValueCipher } from './open-value-cipher.js';
import { probeLimits, type Limits } from './resource-limits.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { createSqliteExecutionRepository } from './sqlite-execution-repository.js';
import { createSqliteImageRegistry } from './sqlite-image-registry.js';
import { createSqlitePendingKeyRepository } from './sqlite-pending-key-repository.js';
import { createSqliteSecretRepository } from './sqlite-secret-repository.js';
import { createSqliteStreamTokenRepository } from './sqlite-stream-token-repository.js';
import { createSqliteUserRepository } from './sqlite-user-repository.js';
import { changesDirectoryName } from './task-supervisor.js';
import { createTaskTable } from './task-table.js';
import type { ValueCipher } from './value-cipher.js';

/** What the local provider is made of. */
export interface LocalProviderOptions {
  /** Holds everything that the provider keeps; made when it is missing. One server at a time. */
  readonly stateDirectory: string;
  readonly now: () => Date;
  /** Makes execution IDs: 32 lower-case hexadecimal digits. */
  readonly nextId: () => string;
  /** Key for secrets and unclaimed keys: 32 bytes in base64 or hex. Default: a key file in the state directory. */
  readonly encryptionKey?: string | undefined;
  /** Default `auto`. */
  readonly isolation?: IsolationMode | undefined;
  /** Milliseconds between the polite and the final signal to a killed task. Default 10,000. */
  readonly killGraceMs?: number | undefined;
  /** Bytes of a task's log that are kept. Default 1 GiB. */
  readonly logCapBytes?: number | undefined;
  /** `PATH` of tasks, and where `bwrap` and `git` are looked for. */
  readonly path?: string | undefined;
  /** The supervisor's program. Default: the one of this package. */
  readonly supervisorPath?: string | undefined;
  /** Default: this machine's. */
  readonly platform?: NodeJS.Platform | undefined;
}

/** A provider that keeps its state and runs its tasks on this machine. */
export interface LocalProvider extends Provider {
  /** Where the server's own log goes to be found by request ID: lines of JSON with `requestId` and `time`. */
  readonly backendLog: BackendLog;
  /** Sentences for whoever starts the server: how tasks are isolated, which limits hold. */
  readonly description: readonly string[];
}

/**
 * Opens the local provider. The lock on the state directory is taken before anything else there is touched.
 *
 * @throws AppError `SERVICE_UNAVAILABLE` with what to do about it.
 */
export async function createLocalProvider(options: LocalProviderOptions): Promise<LocalProvider> {
  requirePlatform(options.platform ?? process.platform);
  const given = resolve(options.stateDirectory);
  const database = openStore(given);
  let backendLog: BackendLog | undefined;
  try {
    // A sandbox covers a place, not a symbolic link to it.
    const directory = realpathSync(given);
    const cipher = openValueCipher({ database, directory, encryptionKey: options.encryptionKey });
    backendLog = openBackendLog(join(directory, 'logs'));
    const isolation = await probeIsolation({
      mode: options.isolation ?? 'auto',
      stateDirectory: directory,
      path: options.path ?? defaultTaskPath,
    });
    return assemble(options, { database, directory, cipher, backendLog, isolation, limits: probeLimits() });
  } catch (error) {
    backendLog?.close();
    database.close();
    throw error;
  }
}

interface Parts {
  readonly database: SqliteDatabase;
  readonly directory: string;
  readonly cipher: ValueCipher;
  readonly backendLog: BackendLog;
  readonly isolation: Isolation;
  readonly limits: Limits;
}

function assemble(options: LocalProviderOptions, parts: Parts): LocalProvider {
  const { database, directory, cipher, backendLog, isolation, limits } = parts;
  const { now, nextId, killGraceMs, logCapBytes, path, supervisorPath } = options;
  const tasksDirectory = join(directory, 'tasks');
  const shared = { database: database.connection, tasksDirectory, now };
  const tasks = createTaskTable(database.connection);
  const imageRegistry = createSqliteImageRegistry({ database, now });
  const secrets = createSqliteSecretRepository(database, cipher);

  return {
    name: 'LOCAL',
    description: [isolation.description, limits.description],
    backendLog,

    taskExecutor: createLocalTaskExecutor({
      ...shared,
      nextId,
      findImageLimits: (imageId) => findImageLimits(database, imageId),
      isolation,
      limits,
      settings: { killGraceMs, logCapBytes, path },
      supervisorPath,
    }),
    taskObserver: createLocalTaskObserver(shared),
    logAggregator: createLocalLogAggregator(shared),
    imageRegistry,
    backendObservability: createLocalBackendObservability({ directory: backendLog.directory }),

    executions: createSqliteExecutionRepository(database),
    users: createSqliteUserRepository(database),
    pendingKeys: createSqlitePendingKeyRepository(database, cipher),
    secrets,
    streamTokens: createSqliteStreamTokenRepository(database),

    healthReconciler: createLocalHealthReconciler({
      imageRegistry,
      secrets,
      findOrphanedDirectories: () =>
        findOrphanedDirectories({
          tasksDirectory,
          hasTask: (executionId) => tasks.findTask(executionId) !== undefined,
          others: [changesDirectoryName],
        }),
      now,
    }),

    async close() {
      backendLog.close();
      database.close();
    },
  };
}

function requirePlatform(platform: NodeJS.Platform): void {
  if (platform === 'linux' || platform === 'darwin') return;
  throw new AppError(
    'SERVICE_UNAVAILABLE',
    `the local provider runs on Linux and macOS, not on ${platform}: run it in a container or in WSL`,
  );
}
