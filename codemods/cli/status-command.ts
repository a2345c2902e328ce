import type { Command } from 'commander';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfiguration } from '../configuration/read-configuration.js';
import { UsageError } from '../engine/usage-error.js';
import { hasWorkLeft } from '../reporting/report.js';
import { compareWithBaseline, printBaseline, type Comparison } from '../status/baseline.js';
import { readCodeOwners } from '../status/code-owners.js';
import { describeBatches, describeComparison, describeStatus } from '../status/describe-status.js';
import { createStatus } from '../status/status.js';
import { surveyProject, type Survey } from '../status/survey.js';
import { exitCodeHelp, exitCodes } from './exit-codes.js';
import type { Streams } from './streams.js';

interface Flags {
  readonly json?: boolean;
  readonly plan?: boolean;
  readonly baseline?: string;
  readonly update?: boolean;
  readonly facade?: string;
  readonly project?: string;
}

const examples = `
Examples:
  refacet status                                     what is left, by file, owner and reason
  refacet status --plan                              batches that can be merged one by one
  refacet status --baseline refacet-baseline.txt --update   record how many uses there are
  refacet status --baseline refacet-baseline.txt     fail when there are more (for CI)

With --baseline: 0 when there are as many uses or fewer, 1 when a member is used more often, 3 when the file
cannot be compared with. Only --update writes it. With --plan and --baseline --update: 0.
`;

/** `refacet status`: what is left. */
export function addStatusCommand(program: Command, streams: Streams, exit: (code: number) => void): void {
  program
    .command('status')
    .description('show what is left: what `migrate` would move, what it would leave, and what blocks it')
    .option('--plan', 'propose batches that can be merged one by one')
    .option('--baseline <file>', 'compare with the uses that are recorded in the file')
    .option('--update', 'record the uses in the file of --baseline')
    .option('--json', 'print the result as JSON')
    .option('--facade <file#Class>', 'the facade; default: refacet.config.json')
    .option('--project <tsconfig>', 'the tsconfig; default: tsconfig.json of the root')
    .addHelpText('after', `${examples}${exitCodeHelp()}`)
    .action(async (flags: Flags) => {
      exit(await runStatus(flags, streams));
    });
}

async function runStatus(flags: Flags, streams: Streams): Promise<number> {
  if (flags.update === true && flags.baseline === undefined) {
    throw new UsageError('--update needs to know what to write. Name the file with --baseline.');
  }
  const configuration = readConfiguration(streams.workingDirectory, flags);
  const survey = await surveyProject(configuration);
  if (flags.baseline !== undefined) return useBaseline(survey, flags.baseline, flags, streams);
  const status = createStatus(survey, readCodeOwners(configuration.root));
  if (flags.json === true) streams.out(`${JSON.stringify(status, undefined, 2)}\n`);
  else streams.out(flags.plan === true ? describeBatches(status.batches) : describeStatus(status));
  if (flags.plan === true) return exitCodes.done.code;
  const isDone = status.canMove === 0 && !hasWorkLeft(survey.report);
  return isDone ? exitCodes.done.code : exitCodes.left.code;
}

function useBaseline(survey: Survey, file: string, { json, update }: Flags, streams: Streams): number {
  const path = resolve(streams.workingDirectory, file);
  if (update === true) {
    writeFileSync(path, printBaseline(survey));
    streams.error(`${file} is written.\n`);
    return exitCodes.done.code;
  }
  const comparison: Comparison = existsSync(path)
    ? compareWithBaseline(survey, readFileSync(path, 'utf8'))
    : { kind: 'unknown', why: 'there is no such file' };
  if (json === true) streams.out(`${JSON.stringify({ version: 1, ...comparison }, undefined, 2)}\n`);
  else streams.out(describeComparison(comparison, file));
  if (comparison.kind === 'unknown') return exitCodes.refused.code;
  return comparison.kind === 'worse' ? exitCodes.left.code : exitCodes.done.code;
}
