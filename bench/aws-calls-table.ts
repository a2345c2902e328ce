import { awsCallExceptions } from './aws-call-exceptions.js';
import { awsCallNotes } from './aws-call-notes.js';
import type { AwsCallComparison } from './compare-aws-calls.js';

/** The comparison as a table for a terminal, or for a page. */
export function awsCallRows(comparisons: readonly AwsCallComparison[]): readonly (readonly string[])[] {
  return [
    ['method', 'situation', 'calls before', 'calls now', 'bytes before', 'bytes now', ''],
    ...comparisons.map(({ method, situation, monolith, facets, explainedBy }) => [
      method,
      situation,
      String(monolith.calls),
      String(facets.calls),
      String(monolith.bytes),
      String(facets.bytes),
      facets.calls < monolith.calls ? 'fewer' : facets.calls > monolith.calls ? (explainedBy ?? 'MORE') : '',
    ]),
  ];
}

/** The page of the reference: the table, what stands behind it, and what costs more for which reason. */
export function awsCallsPage(comparisons: readonly AwsCallComparison[]): string {
  const [heads = [], ...lines] = awsCallRows(comparisons);
  return `# What the facets cost on AWS

How often the original \`Runner\` and the facets ask AWS for the same thing, measured by making the same call in the same
world: the model of AWS that the tests run on. \`npm run bench:aws-calls\` prints it, with the operations of each line.
Bytes are those of requests and answers in JSON, without headers; those of \`startTask\` depend on the two scripts that
are sent along.

A test holds every line to what is promised: fewer calls to stop a task, remove an image, switch the default, start the
default, and find an image by a reference that was spelt differently or is unknown; everywhere else no more than before,
but for what is named here. Random calls are held to it as well.

${[heads, heads.map((_, index) => (index > 1 && index < 6 ? '---:' : '---')), ...lines]
  .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
  .join('\n')}

## What costs more, and why

Each is a declared difference, see [divergences.md](divergences.md).

${awsCallExceptions.map(({ id, reason }) => `- \`${id}\`: ${reason}`).join('\n')}

## What costs the same, and does more

${awsCallNotes.map(({ method, situation, note }) => `- \`${method}\`, ${situation}: ${note}`).join('\n')}
`;
}
