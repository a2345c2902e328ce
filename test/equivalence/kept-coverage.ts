import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ledger } from '../../src/testing/index.js';
import type { Coverage } from '../../src/testing/index.js';
import { equivalenceCoverageFolder } from '../support/equivalence-coverage-folder.js';

/** Everything that has to have run before floors mean anything. */
export const shards = [
  'canonical',
  'sweep-1',
  'sweep-2',
  'random-1',
  'random-2',
  'random-3',
  'random-4',
  'races-1',
  'races-2',
] as const;
export type Shard = (typeof shards)[number];

export async function keepCoverage(shard: Shard, coverage: Coverage): Promise<void> {
  await mkdir(equivalenceCoverageFolder, { recursive: true });
  await writeFile(join(equivalenceCoverageFolder, `${shard}.json`), JSON.stringify(coverage));
}

/** @throws Error that names the shards which did not run. */
export async function readCoverage(): Promise<Coverage> {
  const kept: readonly string[] = await readdir(equivalenceCoverageFolder).catch(() => []);
  const missing = shards.filter((shard) => !kept.includes(`${shard}.json`));
  if (missing.length > 0)
    throw new Error(
      `These parts of the comparison have not run to their end: ${missing.join(', ')}. ` +
        'Run all of it: npx vitest run test/equivalence',
    );
  const ledger = new Ledger();
  for (const shard of shards)
    ledger.merge(
      JSON.parse(await readFile(join(equivalenceCoverageFolder, `${shard}.json`), 'utf8')) as Coverage,
    );
  return ledger.coverage;
}
