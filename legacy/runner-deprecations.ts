import type { Runner } from './runner.js';

/** What a caller of one deprecated method is told. */
export interface RunnerDeprecation {
  /** Stable for ever; what a log filter may look for. */
  readonly code: `REFACET_DEP${string}`;
  /** What to use in its place. */
  readonly replacement: string;
}

/** Every warning that a use of `Runner` can cause. A code is never given to another method. */
export const runnerDeprecations: Readonly<Record<keyof Runner, RunnerDeprecation>> = {
  startTask: { code: 'REFACET_DEP001', replacement: 'startTask({ taskExecutor, imageRegistry }, …)' },
  killTask: { code: 'REFACET_DEP002', replacement: 'TaskExecutor.killTask' },
  registerImage: { code: 'REFACET_DEP003', replacement: 'ImageRegistry.registerImage' },
  listImages: { code: 'REFACET_DEP004', replacement: 'ImageRegistry.listImages' },
  getImage: { code: 'REFACET_DEP005', replacement: 'ImageRegistry.getImage' },
  removeImage: { code: 'REFACET_DEP006', replacement: 'ImageRegistry.removeImage' },
  fetchLogsByExecutionId: { code: 'REFACET_DEP007', replacement: 'LogAggregator.fetchExecutionLogs' },
  fetchBackendLogs: { code: 'REFACET_DEP008', replacement: 'BackendObservability.fetchBackendLogs' },
};
