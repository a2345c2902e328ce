import { carrierMutants } from './carrier-mutants.js';
import type { EngineMutant } from './engine-mutant.js';
import { evaluationMutants } from './evaluation-mutants.js';
import { textMutants } from './text-mutants.js';

/** All mistakes that the tests of the engine have to notice. */
export const namedMutants: readonly EngineMutant[] = [
  ...evaluationMutants,
  ...carrierMutants,
  ...textMutants,
];
