import fc from 'fast-check';
import { assertForAll } from '../../src/testing/index.js';
import type { Coverage } from '../../src/testing/index.js';
import { comparison, corpus } from './comparison.js';
import { path, seed, soak } from './random-seed.js';
import { allRows } from './rows.js';
import { scenarios } from './scenarios.js';

/** Random scenarios in each of the four shards. */
const runs = 2_500;

/** A shard has a seed of its own; which one it was is part of every failure. */
export async function runRandomly(shard: number): Promise<Coverage> {
  const equivalence = comparison(allRows);
  // A path that replays one failure belongs to the seed that was given with it.
  const own = path === undefined ? { seed: seed + shard } : { seed, path };
  await assertForAll(fc, equivalence, scenarios, { runs: runs * soak, ...own, corpus });
  return equivalence.ledger.coverage;
}
