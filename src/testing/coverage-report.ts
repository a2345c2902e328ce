import type { Divergence } from './divergence.js';
import type { Coverage, Table } from './ledger.js';
import type { Normalisation } from './normalisation.js';
import type { Floors } from './vacuity.js';

/** What a report is about. */
export interface CoverageReportOptions {
  readonly title: string;
  readonly between: readonly [string, string];
  readonly coverage: Coverage;
  /** What had to be covered; shown beside what was. */
  readonly floors?: Floors | undefined;
  readonly divergences?: readonly Divergence[] | undefined;
  readonly normalisations?: readonly Normalisation[] | undefined;
  /** Seeds of random scenarios, versions and the like: what it takes to do it again. */
  readonly facts?: Readonly<Record<string, string | number>> | undefined;
}

/** What was compared, over which inputs, under which faults, with which known differences: in Markdown. */
export function coverageReport(options: CoverageReportOptions): string {
  const { title, between, coverage, floors, divergences = [], normalisations = [], facts = {} } = options;
  const counts = {
    scenarios: coverage.scenarios,
    calls: coverage.calls,
    requests: coverage.requests,
    schedules: coverage.schedules,
  };
  return [
    `# ${title}`,
    '',
    `${between[1]} compared with ${between[0]} after every call: outcome with the whole chain of causes, arguments, requests in order, state, log.`,
    '',
    ...table(
      ['', ''],
      Object.entries({ ...counts, ...facts }).map(([name, value]) => [name, String(value)]),
    ),
    '',
    '## Outcomes of the reference',
    '',
    ...crossTable(coverage.outcomes, floors?.outcomes),
    '',
    '## Faults that met a request',
    '',
    ...crossTable(coverage.faults),
    '',
    '## Whom they met',
    '',
    ...crossTable(coverage.sharedFaults),
    '',
    '## Wanted differences',
    '',
    ...table(
      ['row', 'methods', 'applied', 'changed', 'reason'],
      divergences.map(({ id, methods, reason }) => {
        const { applied = 0, changed = 0 } = coverage.rows[id] ?? {};
        return [id, methods.join(', '), String(applied), String(changed), reason];
      }),
    ),
    '',
    '## Normalisations',
    '',
    ...table(
      ['rule', 'where', 'matched', 'reason'],
      normalisations.map(({ id, where, reason }) => [
        id,
        where.replaceAll('*', '\\*'),
        String(coverage.normalisations[id]?.['matched'] ?? 0),
        reason,
      ]),
    ),
    '',
  ].join('\n');
}

function crossTable(counts: Table, floors: Floors['outcomes'] = {}): readonly string[] {
  const shown = (row: string, column: string, count: number): string => {
    const floor = floors[row]?.[column];
    return `${column} ${count}${floor === undefined ? '' : ` (at least ${floor})`}`;
  };
  return table(
    ['', 'count'],
    Object.keys(counts)
      .sort()
      .map((row) => [
        row,
        Object.entries(counts[row] ?? {})
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([column, count]) => shown(row, column, count))
          .join(', '),
      ]),
  );
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return rows.length === 0 ? ['none'] : [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}
