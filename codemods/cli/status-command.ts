import type { Command } from 'commander';
import { readConfiguration } from '../configuration/read-configuration.js';
import { migrate } from '../migrate.js';
import { hasWorkLeft, type Report } from '../reporting/report.js';
import { exitCodeHelp, exitCodes } from './exit-codes.js';
import type { Streams } from './streams.js';

interface Flags {
  readonly json?: boolean;
  readonly facade?: string;
  readonly project?: string;
}

/** `refacet status`: what is left, by file. */
export function addStatusCommand(program: Command, streams: Streams, exit: (code: number) => void): void {
  program
    .command('status')
    .description('count what is left, by file: what `migrate` would move, and what it would leave')
    .option('--json', 'print the report as JSON')
    .option('--facade <file#Class>', 'the facade; default: refacet.config.json')
    .option('--project <tsconfig>', 'the tsconfig; default: tsconfig.json of the root')
    .addHelpText('after', exitCodeHelp())
    .action(async (flags: Flags) => {
      const { report } = await migrate(readConfiguration(streams.workingDirectory, flags));
      streams.out(flags.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : describe(report));
      exit(report.rewritten > 0 || hasWorkLeft(report) ? exitCodes.left.code : exitCodes.done.code);
    });
}

function describe({ found, rewritten, left, leftAlone }: Report): string {
  const byFile = new Map<string, number>();
  for (const { path } of leftAlone) byFile.set(path, (byFile.get(path) ?? 0) + 1);
  const lines = [...byFile].map(([path, number]) => `${String(number).padStart(5)}  ${path}`);
  return `${[...lines, `${found} uses: ${rewritten} can move, ${left} would be left`].join('\n')}\n`;
}
