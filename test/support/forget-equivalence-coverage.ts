import { rm } from 'node:fs/promises';
import { equivalenceCoverageFolder } from './equivalence-coverage-folder.js';

/** Before every run: what an earlier one covered counts for nothing. */
export async function setup(): Promise<void> {
  await rm(equivalenceCoverageFolder, { recursive: true, force: true });
}
