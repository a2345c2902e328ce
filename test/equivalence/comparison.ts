import { join } from 'node:path';
import { createEquivalence } from '../../src/testing/index.js';
import type { Divergence, Equivalence, Implementation } from '../../src/testing/index.js';
import { facade, monolith } from './implementations.js';
import { normalisations } from './normalisations.js';

/** Where failures are kept, and tried first the next time. */
export const corpus = join(import.meta.dirname, 'corpus');

/** The monolith against the facade, or against something else on trial. */
export function comparison(
  divergences: readonly Divergence[],
  candidate: Implementation = facade(),
): Equivalence {
  return createEquivalence({ reference: monolith(), candidate, divergences, normalisations });
}

export const minutes = 60_000;
