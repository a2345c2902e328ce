import type { Normalisation } from '../../src/testing/index.js';
import { isErrorPicture } from './observation-parts.js';

/** What cannot be equal. */
export const normalisations: readonly Normalisation[] = [
  {
    id: 'text-of-crashes',
    where: 'outcomes.*.error.**',
    replace: (value) =>
      isErrorPicture(value) && value.class === 'TypeError' ? { ...value, message: '(crash)' } : value,
    reason: 'What the engine says when it reads a member of nothing depends on how the code is written.',
  },
];
