import type { BackendObservability } from '../../src/contracts/index.js';
import type { Runner } from '../runner.js';

/** A view of a runner as {@link BackendObservability}. */
export function backendObservabilityOf(runner: Runner): BackendObservability {
  return {
    fetchBackendLogs(ctx, requestId) {
      return runner.fetchBackendLogs(ctx, requestId);
    },
  };
}
