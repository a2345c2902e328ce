import { it } from 'vitest';
import { minutes } from '../comparison.js';
import { keepCoverage } from '../kept-coverage.js';
import { runRandomly } from '../random-runs.js';

it(
  'does as the monolith in random scenarios',
  async () => {
    await keepCoverage('random-4', await runRandomly(4));
  },
  120 * minutes,
);
