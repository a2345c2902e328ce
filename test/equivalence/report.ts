import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coverageReport } from '../../src/testing/index.js';
import type { Coverage } from '../../src/testing/index.js';
import { floors } from './floors.js';
import { countedApart, readCoverage, shards } from './kept-coverage.js';
import type { Shard } from './kept-coverage.js';
import { normalisations } from './normalisations.js';
import { seed } from './random-seed.js';
import { rows } from './rows.js';

/** What was compared, as a page and as data, where a folder for it is named. */
export async function writeReport(coverage: Coverage, folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  const title = 'Equivalence of the facade and the monolith';
  const facts = {
    'seeds of the random shards': shards
      .filter((shard) => shard.startsWith('random'))
      .map((_, index) => seed + index + 1)
      .join(', '),
    ...(await factsOfThePartsApart()),
    node: process.version,
  };
  const page = coverageReport({
    title,
    between: ['monolith', 'facade'],
    coverage,
    floors,
    divergences: rows,
    normalisations,
    facts,
  });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'equivalence-report.md'), page);
  await writeFile(
    join(folder, 'equivalence-report.json'),
    `${JSON.stringify({ title, facts, floors, coverage }, null, 2)}\n`,
  );
}

async function factsOfThePartsApart(): Promise<Readonly<Record<string, string>>> {
  const facts: Record<string, string> = {};
  for (const [shard, what] of Object.entries(countedApart)) {
    const { scenarios, calls, requests, schedules, faults } = await readCoverage([shard as Shard]);
    const met = Object.values(faults).flatMap((kinds) => Object.values(kinds));
    const counts = { scenarios, schedules, calls, requests, faults: met.reduce((sum, one) => sum + one, 0) };
    facts[what] = Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${count.toLocaleString('en')} ${name}`)
      .join(', ');
  }
  return facts;
}
