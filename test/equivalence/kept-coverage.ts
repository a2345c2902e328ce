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

/** What is counted by itself: over a wire a fault means something else, and the strict races know no rows. */
export const countedApart = {
  'wire-in-process': 'through the whole SDK, in process',
  'wire-over-tcp': 'through the whole SDK, over TCP',
  'strict-races-1': 'races in every order, request by request (first half)',
  'strict-races-2': 'races in every order, request by request (second half)',
} as const;
export type Shard = (typeof shards)[number] | keyof typeof countedApart;

export async function keepCoverage(shard: Shard, coverage: Coverage): Promise<void> {
  await mkdir(equivalenceCoverageFolder, { recursive: true });
  await writeFile(join(equivalenceCoverageFolder, `${shard}.json`), JSON.stringify(coverage));
}

/** @throws Error that names the shards which did not run. */
export async function readCoverage(names: readonly Shard[] = shards): Promise<Coverage> {
  const kept: readonly string[] = await readdir(equivalenceCoverageFolder).catch(() => []);
  const missing = names.filter((shard) => !kept.includes(`${shard}.json`));
  if (missing.length > 0)
    throw new Error(
      `These parts of the comparison have not run to their end: ${missing.join(', ')}. ` +
        'Run all of it: npx vitest run test/equivalence',
    );
  const ledger = new Ledger();
  for (const shard of names)
    ledger.merge(
      JSON.parse(await readFile(join(equivalenceCoverageFolder, `${shard}.json`), 'utf8')) as Coverage,
    );
  return ledger.coverage;
}
