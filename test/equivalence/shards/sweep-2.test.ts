import { it } from 'vitest';
import { minutes } from '../comparison.js';
import { keepCoverage } from '../kept-coverage.js';
import { sweep } from '../sweep.js';

it(
  'does as the monolith under every fault at every request',
  async () => {
    await keepCoverage('sweep-2', await sweep(1));
  },
  10 * minutes,
);
