import type { Divergence } from '../../../src/testing/index.js';
import { aSafeAndPatientQuery } from './a-safe-and-patient-query.js';
import { codeOnEveryError } from './code-on-every-error.js';
import { eventsHavePositions } from './events-have-positions.js';
import { imageLookup } from './image-lookup.js';
import { killAsksById } from './kill-asks-by-id.js';
import { oneDefault } from './one-default.js';
import { outagesAre503 } from './outages-are-503.js';
import { rowsReadOnce } from './rows-read-once.js';
import { startById } from './start-by-id.js';

/** Every wanted difference of the facade from the monolith, in the order in which they apply. */
export const rows: readonly Divergence[] = [
  codeOnEveryError,
  killAsksById,
  startById,
  imageLookup,
  oneDefault,
  rowsReadOnce,
  eventsHavePositions,
  aSafeAndPatientQuery,
  outagesAre503,
];
