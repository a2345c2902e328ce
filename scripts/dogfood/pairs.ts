/** A file that the codemods make of another. Paths are relative to the root of the repository. */
export interface Pair {
  readonly from: string;
  readonly to: string;
}

/**
 * Everything through which a `Runner` passes, and what stands in its place after the migration. The targets are never
 * edited: whoever wants better code there improves the source, or the codemods.
 */
export const pairs: readonly Pair[] = [
  { from: 'legacy/api/backend-routes.ts', to: 'src/api/backend-routes.ts' },
  { from: 'legacy/api/backend-routes.test.ts', to: 'src/api/backend-routes.test.ts' },
  { from: 'legacy/api/execution-routes.ts', to: 'src/api/execution-routes.ts' },
  { from: 'legacy/api/image-routes.ts', to: 'src/api/image-routes.ts' },
  { from: 'legacy/api/run-routes.ts', to: 'src/api/run-routes.ts' },
  { from: 'legacy/api/trace-routes.ts', to: 'src/api/trace-routes.ts' },
  { from: 'legacy/orchestrator/execution-service.ts', to: 'src/orchestrator/execution-service.ts' },
  { from: 'legacy/orchestrator/execution-service.test.ts', to: 'src/orchestrator/execution-service.test.ts' },
  { from: 'legacy/orchestrator/image-service.ts', to: 'src/orchestrator/image-service.ts' },
  { from: 'legacy/orchestrator/image-service.test.ts', to: 'src/orchestrator/image-service.test.ts' },
  { from: 'legacy/orchestrator/stop-unrecorded-task.ts', to: 'src/orchestrator/stop-unrecorded-task.ts' },
  {
    from: 'legacy/orchestrator/stop-unrecorded-task.test.ts',
    to: 'src/orchestrator/stop-unrecorded-task.test.ts',
  },
  { from: 'legacy/orchestrator/trace-request.ts', to: 'src/orchestrator/trace-request.ts' },
  { from: 'legacy/orchestrator/trace-request.test.ts', to: 'src/orchestrator/trace-request.test.ts' },
];
