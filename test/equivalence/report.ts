import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coverageReport } from '../../src/testing/index.js';
import type { Coverage } from '../../src/testing/index.js';
import { floors } from './floors.js';
import { shards } from './kept-coverage.js';
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
