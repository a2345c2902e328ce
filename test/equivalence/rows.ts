import type { Divergence } from '../../src/testing/index.js';
import { strictRows } from './strict-rows.js';

/** Every wanted difference of the facade from the monolith. */
export const rows: readonly Divergence[] = [...strictRows];
