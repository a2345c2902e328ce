import { join } from 'node:path';

/** Where the parts of one run of the comparison leave what they covered, from one process to the next. */
export const equivalenceCoverageFolder = join(
  import.meta.dirname,
  '..',
  '..',
  'node_modules',
  '.cache',
  'refacet-equivalence',
);
