import type { HttpDivergence } from '../src/api/divergences.js';
import type { HttpOddity } from './http-oddities.js';

/** Headings of the page, by the section of the HTTP contract that a row belongs to. */
const headings: Readonly<Record<string, string>> = {
  '1.2': 'Cross-origin requests',
  '1.5': 'Paths and methods',
  '1.6': 'Bodies',
  '1.7': 'Errors',
  '1.8': 'Formats',
  '2.1': 'Keys',
  '2.2': 'Rights',
  '2.3': 'Roles',
  '2.4': 'Claiming a key',
  '3.4': 'Running',
  '3.5': 'Listing executions',
  '3.7': 'Logs',
  '3.8': 'Stopping',
  '3.9': 'Images',
  '3.10': 'Secrets',
  '3.11': 'Tracing',
  '3.12': 'Users',
  '3.14': 'Reconciling',
  '4.2': 'Lifecycle',
  '5.3': 'Streams',
};

/** The text of `docs/reference/divergences.md`. */
export function divergencesPage(
  divergences: readonly HttpDivergence[],
  oddities: readonly HttpOddity[],
): string {
  const sections = [...new Set(divergences.map(({ section }) => section))].sort(bySectionNumber);
  const rowsOf = (number: number): string =>
    divergences
      .filter((row) => row.oddities.includes(number))
      .map(({ id }) => `\`${id}\``)
      .join(', ');

  return [
    '# Where the API differs from the original',
    '',
    '<!-- Generated from src/api/divergences.ts, src/providers/aws/divergences.ts and scripts/ by `npx vitest run test/architecture/divergences.test.ts -u`. -->',
    '',
    'The HTTP API is that of the original, to the letter, except where this page says otherwise. Each difference is a row',
    'with a reason and a test; a difference without a row is a defect, and reporting it is welcome. How the original behaved,',
    'oddities included, was established by reading and running it; the second half of the page lists every oddity that was',
    'found, and what became of it.',
    '',
    '## Differences',
    '',
    ...sections.flatMap((section) => [
      `### ${headingOf(section)}`,
      '',
      '| row | the original | here | because | since | test |',
      '| --- | --- | --- | --- | --- | --- |',
      ...divergences
        .filter((row) => row.section === section)
        .map(({ id, original, ours, reason, since, test }) =>
          tableRow([`\`${id}\``, original, ours, reason, since, linkToTest(test)]),
        ),
      '',
    ]),
    '## Oddities of the original',
    '',
    '| decision | how many |',
    '| --- | --- |',
    ...(['repaired', 'repaired in part', 'kept', 'not ours'] as const).map((decision) =>
      tableRow([decision, String(oddities.filter((oddity) => oddity.decision === decision).length)]),
    ),
    '',
    'Kept are those that somebody may rely on; not ours are those of programs that are not part of this project.',
    '',
    ...[...new Set(oddities.map(({ area }) => area))].flatMap((area) => [
      `### ${area}`,
      '',
      '| no. | the original | decision | rows, or what stays |',
      '| --- | --- | --- | --- |',
      ...oddities
        .filter((oddity) => oddity.area === area)
        .map(({ number, what, decision, kept }) =>
          tableRow([String(number), what, decision, [rowsOf(number), kept ?? ''].filter(Boolean).join('. ')]),
        ),
      '',
    ]),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}

function headingOf(section: string): string {
  const heading = headings[section];
  if (heading === undefined)
    throw new Error(`section ${section} has no heading in scripts/divergences-page.ts`);
  return heading;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function linkToTest(test: string): string {
  return `[${test.replace(/^.*\//, '').replace(/(\.test)?\.ts$/, '')}](../../${test})`;
}

function bySectionNumber(one: string, other: string): number {
  const [a = 0, b = 0] = one.split('.').map(Number);
  const [c = 0, d = 0] = other.split('.').map(Number);
  return a - c || b - d;
}
