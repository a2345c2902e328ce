import type { AwsDivergence } from '../src/providers/aws/divergences.js';
import { type AwsHazard, repairedAtTheEdge } from './aws-hazards.js';

/** The part of `docs/reference/divergences.md` that is about the runner on AWS. */
export function awsDivergencesSection(
  divergences: readonly AwsDivergence[],
  hazards: readonly AwsHazard[],
): string {
  const rowsOf = ({ number }: AwsHazard): string =>
    [
      ...divergences.filter((row) => row.hazards.includes(number)).map(({ id }) => id),
      repairedAtTheEdge.get(number) ?? [],
    ]
      .flat()
      .map((id) => `\`${id}\``)
      .join(', ');

  return [
    '## The runner on AWS',
    '',
    'What the facets on AWS do otherwise than the original `Runner`, which is kept beside them, frozen. The rows are in',
    '`src/providers/aws/divergences.ts`.',
    '',
    '| row | methods | the original | here | because | since |',
    '| --- | --- | --- | --- | --- | --- |',
    ...divergences.map(({ id, methods, original, ours, reason, since }) =>
      tableRow([
        `\`${id}\``,
        methods.map((method) => `\`${method}\``).join(', '),
        original,
        ours,
        reason,
        since,
      ]),
    ),
    '',
    '### Defects and hazards of the original runner',
    '',
    '| no. | the original | decision | rows, or what is to be said |',
    '| --- | --- | --- | --- |',
    ...hazards.map((hazard) =>
      tableRow([
        String(hazard.number),
        hazard.what,
        hazard.decision,
        [rowsOf(hazard), hazard.note ?? ''].filter(Boolean).join('. '),
      ]),
    ),
    '',
  ].join('\n');
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
