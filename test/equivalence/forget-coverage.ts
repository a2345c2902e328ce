import { forgetCoverage } from './kept-coverage.js';

/** Before every run: what an earlier one covered counts for nothing. */
export async function setup(): Promise<void> {
  await forgetCoverage();
}
