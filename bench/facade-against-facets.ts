import { performance } from 'node:perf_hooks';
import { LegacyRunner } from '../legacy/legacy-runner.js';
import type { Facets } from '../src/contracts/index.js';
import { median } from './statistics.js';

const calls = 200_000;
const rounds = 41;

const done = Promise.resolve();
const ctx = {};

/** Facets that answer at once, so that nothing but the call itself is measured. */
const facets = {
  taskExecutor: { startTask: async () => ({ executionId: 'x' }), killTask: async () => done },
  imageRegistry: {
    registerImage: async () => done,
    listImages: async () => [],
    resolveImage: async () => 'x',
    removeImage: async () => done,
  },
  logAggregator: { fetchExecutionLogs: async () => [] },
  backendObservability: { fetchBackendLogs: async () => [] },
} as unknown as Facets;

const runner = new LegacyRunner(facets);

/** One kind of call, by the facade and by the facet itself. */
const pairs: Readonly<
  Record<string, readonly [facade: () => Promise<unknown>, facet: () => Promise<unknown>]>
> = {
  killTask: [() => runner.killTask(ctx, 'x'), () => facets.taskExecutor.killTask(ctx, 'x')],
  listImages: [() => runner.listImages(ctx), () => facets.imageRegistry.listImages(ctx)],
  registerImage: [
    () => runner.registerImage(ctx, 'alpine', true, 'a', 'b', 256, 512, 'Linux/ARM64', 'me'),
    () =>
      facets.imageRegistry.registerImage(ctx, {
        image: 'alpine',
        isDefault: true,
        permissions: { taskRole: 'a', executionRole: 'b' },
        resources: { cpu: 256, memory: 512 },
        runtime: { platform: 'Linux/ARM64' },
        registeredBy: 'me',
      }),
  ],
  fetchLogs: [
    () => runner.fetchLogsByExecutionId(ctx, 'x'),
    () => facets.logAggregator.fetchExecutionLogs(ctx, 'x'),
  ],
};

async function time(call: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let index = 0; index < calls; index++) await call();
  return ((performance.now() - start) / calls) * 1e6;
}

/** Nanoseconds of an awaited call by the facade and by the facet, in turn in one process; medians. */
export async function compareFacadeWithFacets(): Promise<
  { readonly method: string; readonly facade: number; readonly facet: number }[]
> {
  const results = [];
  for (const [method, [facade, facet]] of Object.entries(pairs)) {
    const times = { facade: [] as number[], facet: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      // Whoever comes first in a round may pay for the other's garbage.
      if (round % 2 === 0) times.facade.push(await time(facade));
      times.facet.push(await time(facet));
      if (round % 2 === 1) times.facade.push(await time(facade));
    }
    results.push({ method, facade: median(times.facade), facet: median(times.facet) });
  }
  return results;
}
