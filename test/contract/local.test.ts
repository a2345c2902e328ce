import { createLocalHealthReconciler } from '../../src/providers/local/local-health-reconciler.js';
import type { SqliteDatabase } from '../../src/providers/local/sqlite-database.js';
import { createSqliteExecutionRepository } from '../../src/providers/local/sqlite-execution-repository.js';
import { createSqliteImageRegistry } from '../../src/providers/local/sqlite-image-registry.js';
import { createSqlitePendingKeyRepository } from '../../src/providers/local/sqlite-pending-key-repository.js';
import { createSqliteSecretRepository } from '../../src/providers/local/sqlite-secret-repository.js';
import { createSqliteStreamTokenRepository } from '../../src/providers/local/sqlite-stream-token-repository.js';
import { createSqliteUserRepository } from '../../src/providers/local/sqlite-user-repository.js';
import { executionRepositoryContract } from './execution-repository.contract.js';
import { healthReconcilerContract } from './health-reconciler.contract.js';
import { imageRegistryContract } from './image-registry.contract.js';
import { openTemporaryStore } from './open-temporary-store.js';
import { pendingKeyRepositoryContract } from './pending-key-repository.contract.js';
import { secretRepositoryContract } from './secret-repository.contract.js';
import { streamTokenRepositoryContract } from './stream-token-repository.contract.js';
import { userRepositoryContract } from './user-repository.contract.js';

const now = (): Date => new Date('2026-01-01T00:00:00.789Z');

/** Changes one bit in the middle of a stored value. */
const damageValueIn =
  (database: SqliteDatabase) =>
  async (name: string): Promise<void> => {
    const [row] = database.all('SELECT value FROM secrets WHERE name = ?', [name]);
    const damaged = (row?.['value'] as Uint8Array).map((byte, index) => (index === 20 ? byte ^ 1 : byte));
    database.run('UPDATE secrets SET value = ? WHERE name = ?', [damaged, name]);
  };

imageRegistryContract('local', async () =>
  createSqliteImageRegistry({ database: openTemporaryStore().database, now }),
);

executionRepositoryContract('local', async () =>
  createSqliteExecutionRepository(openTemporaryStore().database),
);

userRepositoryContract('local', async () => createSqliteUserRepository(openTemporaryStore().database));

pendingKeyRepositoryContract('local', async () => {
  const { database, cipher } = openTemporaryStore();
  return createSqlitePendingKeyRepository(database, cipher);
});

secretRepositoryContract('local', async () => {
  const { database, cipher } = openTemporaryStore();
  return { secrets: createSqliteSecretRepository(database, cipher), damageValue: damageValueIn(database) };
});

healthReconcilerContract('local', async () => {
  const { database, cipher } = openTemporaryStore();
  const imageRegistry = createSqliteImageRegistry({ database, now });
  const secrets = createSqliteSecretRepository(database, cipher);
  const healthReconciler = createLocalHealthReconciler({
    imageRegistry,
    secrets,
    findOrphanedDirectories: async () => [],
    now,
  });
  return { healthReconciler, imageRegistry, secrets, damageValue: damageValueIn(database) };
});

streamTokenRepositoryContract('local', async () =>
  createSqliteStreamTokenRepository(openTemporaryStore().database),
);
