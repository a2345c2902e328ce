import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { awsDivergencesSection } from '../../scripts/aws-divergences-section.js';
import { awsHazards, repairedAtTheEdge } from '../../scripts/aws-hazards.js';
import { divergencesPage } from '../../scripts/divergences-page.js';
import { httpOddities } from '../../scripts/http-oddities.js';
import { httpDivergences } from '../../src/api/divergences.js';
import { awsDivergences } from '../../src/providers/aws/divergences.js';

const root = join(import.meta.dirname, '../..');

describe('the declared differences from the original', () => {
  it('are in step with their page: run this file with -u to write it anew', async () => {
    const page = [
      divergencesPage(httpDivergences, httpOddities),
      awsDivergencesSection(awsDivergences, awsHazards),
    ];
    await expect(page.join('\n')).toMatchFileSnapshot('../../docs/reference/divergences.md');
  });

  it('have names of their own', () => {
    const ids = httpDivergences.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it.each(httpDivergences.map(({ id, test, title }) => ({ id, test, title })))(
    '$id has a test of its own: $title',
    ({ test, title }) => {
      const source = readFileSync(join(root, test), 'utf8').replaceAll("\\'", "'");

      // A title stands in quotes as the first argument of it(…), also where a table comes between.
      expect(
        [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => source.includes(quoted)),
        title,
      ).toBe(true);
    },
  );
});

describe("the oddities of the original's HTTP interface", () => {
  it('are all decided, once each', () => {
    expect(httpOddities.map(({ number }) => number)).toEqual(
      Array.from({ length: 46 }, (_, index) => index + 1),
    );
  });

  it.each(httpOddities)(
    'number $number, $decision, has a row exactly when something is repaired',
    (oddity) => {
      const isRepaired = httpDivergences.some((row) => row.oddities.includes(oddity.number));

      expect(isRepaired).toBe(oddity.decision.startsWith('repaired'));
      expect(oddity.kept !== undefined).toBe(oddity.decision === 'repaired in part');
    },
  );

  it('are the only ones that rows speak of', () => {
    const known = httpOddities.map(({ number }) => number);

    for (const { oddities } of httpDivergences)
      for (const number of oddities) expect(known).toContain(number);
  });
});

describe('the hazards of the original runner on AWS', () => {
  it('are all decided, once each', () => {
    expect(awsHazards.map(({ number }) => number)).toEqual(
      Array.from({ length: 55 }, (_, index) => index + 1),
    );
  });

  it.each(awsHazards)(
    'number $number, $decision, has a row exactly when it is repaired',
    ({ number, decision }) => {
      const atTheEdge = repairedAtTheEdge.get(number);
      const isRepaired =
        atTheEdge !== undefined || awsDivergences.some((row) => row.hazards.includes(number));

      expect(isRepaired).toBe(decision === 'repaired');
      if (atTheEdge !== undefined) expect(httpDivergences.map(({ id }) => id)).toContain(atTheEdge);
    },
  );

  it('are the only ones that rows speak of, and rows have names of their own', () => {
    const known = awsHazards.map(({ number }) => number);
    const ids = awsDivergences.map(({ id }) => id);

    for (const { hazards } of awsDivergences) for (const number of hazards) expect(known).toContain(number);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
