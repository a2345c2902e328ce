import type { Provider } from '../../src/contracts/index.js';
import { createInMemoryExecutions } from './in-memory-executions.js';
import { createInMemoryFacets } from './in-memory-facets.js';
import type { InMemoryFacets } from './in-memory-facets.js';
import { createInMemorySecrets, createInMemoryStreamTokens } from './in-memory-secrets.js';
import { createInMemoryPendingKeys, createInMemoryUsers } from './in-memory-users.js';

/** A whole {@link Provider} in memory, and what tests do to its tasks and backend log. */
export type InMemoryProvider = Provider & Pick<InMemoryFacets, 'tasks' | 'logBackend'>;

/** Everything one backend offers, without a file, a process or a network. */
export function createInMemoryProvider({ now }: { now: () => Date }): InMemoryProvider {
  return {
    name: 'memory',
    ...createInMemoryFacets({ now }),
    executions: createInMemoryExecutions(),
    users: createInMemoryUsers(),
    pendingKeys: createInMemoryPendingKeys(),
    secrets: createInMemorySecrets(),
    streamTokens: createInMemoryStreamTokens(),
    healthReconciler: {
      async reconcile() {
        return {
          timestamp: now(),
          computeStatus: {
            totalResources: 0,
            verifiedCount: 0,
            recreatedCount: 0,
            tagUpdatedCount: 0,
            orphanedCount: 0,
            orphanedResources: [],
          },
          secretsStatus: {
            totalSecrets: 0,
            verifiedCount: 0,
            tagUpdatedCount: 0,
            missingCount: 0,
            orphanedCount: 0,
            orphanedParameters: [],
          },
          identityStatus: {
            defaultRolesVerified: true,
            customRolesVerified: 0,
            customRolesTotal: 0,
            missingRoles: [],
          },
          issues: [],
          reconciledCount: 0,
        };
      },
    },
    async close() {
      // Nothing is held.
    },
  };
}
