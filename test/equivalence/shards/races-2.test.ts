import { it } from 'vitest';
import { minutes } from '../comparison.js';
import { keepCoverage } from '../kept-coverage.js';
import { runRaces } from '../run-races.js';

it(
  'ends every race of two calls, in every order, as the monolith could have',
  async () => {
    await keepCoverage('races-2', await runRaces(1));
  },
  10 * minutes,
);
