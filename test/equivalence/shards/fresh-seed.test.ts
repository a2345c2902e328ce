import fc from 'fast-check';
import { it } from 'vitest';
import { assertForAll } from '../../../src/testing/index.js';
import { comparison, corpus, minutes } from '../comparison.js';
import { soak } from '../random-seed.js';
import { allRows } from '../rows.js';
import { scenarios } from '../scenarios.js';

/** Never the same twice, so it counts for no floor: it only looks for what the fixed seeds do not find. */
it(
  'does as the monolith in random scenarios that nobody has seen',
  async () => {
    const seed = Math.floor(Math.random() * 0x7fff_ffff);
    console.info(`fresh seed ${seed}`);
    await assertForAll(fc, comparison(allRows), scenarios, { runs: 300 * soak, seed, corpus });
  },
  30 * minutes,
);
