import { it } from 'vitest';
import { minutes } from '../comparison.js';
import { keepCoverage } from '../kept-coverage.js';
import { sweep } from '../sweep.js';

it(
  'does as the monolith under every fault at every request',
  async () => {
    await keepCoverage('sweep-1', await sweep(0));
  },
  10 * minutes,
);
