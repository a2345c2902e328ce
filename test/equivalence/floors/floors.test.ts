import { expect, it } from 'vitest';
import { findVacuity } from '../../../src/testing/index.js';
import { floors } from '../floors.js';
import { readCoverage } from '../kept-coverage.js';
import { normalisations } from '../normalisations.js';
import { writeReport } from '../report.js';
import { rows } from '../rows.js';

/** Once, after all the other parts. */
it('was asked enough for all this to mean something', async () => {
  const coverage = await readCoverage();

  await writeReport(coverage, process.env['EQUIVALENCE_REPORT']);

  expect(findVacuity(coverage, { divergences: rows, normalisations }, floors)).toEqual([]);
});
