import type { RunnerUse, RunnerUseSink } from './metered-runner.js';

/** How often each deprecated method was called from one place. */
export interface RunnerUseTotal extends RunnerUse {
  readonly calls: number;
}

/** Adds up the uses of a `Runner`. */
export interface RunnerUseCounter {
  /** What `meteredRunner` tells of each call. */
  readonly sink: RunnerUseSink;
  /** Totals since the start, the most used first. */
  totals(): readonly RunnerUseTotal[];
}

/** Makes a counter in memory; whoever composes the program writes its totals where they are looked for. */
export function countRunnerUses(): RunnerUseCounter {
  const totals = new Map<string, RunnerUseTotal>();

  return {
    sink({ method, site }) {
      const key = `${method} ${site}`;
      totals.set(key, { method, site, calls: (totals.get(key)?.calls ?? 0) + 1 });
    },

    totals() {
      return [...totals.values()].sort(
        (one, other) =>
          other.calls - one.calls || (`${one.method} ${one.site}` < `${other.method} ${other.site}` ? -1 : 1),
      );
    },
  };
}
