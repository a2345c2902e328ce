import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { checkFacade, type FacadeCheck } from '../check-facade.js';
import { readConfiguration } from '../configuration/read-configuration.js';
import type { Grade } from '../engine/facade/facade-findings.js';
import { worseOf } from '../engine/facade/facade-findings.js';
import { exitCodeHelp, exitCodes } from './exit-codes.js';
import type { Streams } from './streams.js';

interface Flags {
  readonly json?: boolean;
  readonly maxGrade: Grade;
  readonly facade?: string;
  readonly project?: string;
}

const examples = `
Examples:
  refacet check                                               grade the facade of refacet.config.json
  refacet check --facade legacy/legacy-runner.ts#LegacyRunner name the facade here
  refacet check --max-grade linear                            be strict (for CI)
`;

/** `refacet check`: grades the facade's methods. */
export function addCheckCommand(program: Command, streams: Streams, exit: (code: number) => void): void {
  program
    .command('check')
    .description('grade each method of the facade: linear, conditional or refused, and why')
    .option('--json', 'print the result as JSON')
    .option(
      '--max-grade <grade>',
      'the worst grade that passes: linear or conditional',
      readGrade,
      'conditional' as const,
    )
    .option('--facade <file#Class>', 'the facade; default: refacet.config.json')
    .option('--project <tsconfig>', 'the tsconfig; default: tsconfig.json of the root')
    .addHelpText('after', `${examples}${exitCodeHelp()}`)
    .action((flags: Flags) => {
      const check = checkFacade(readConfiguration(streams.workingDirectory, flags));
      streams.out(flags.json === true ? `${JSON.stringify(check, undefined, 2)}\n` : describe(check));
      const passes = worseOf(check.grade, flags.maxGrade) === flags.maxGrade;
      exit(passes ? exitCodes.done.code : exitCodes.left.code);
    });
}

function readGrade(text: string): Grade {
  if (text === 'linear' || text === 'conditional') return text;
  throw new InvalidArgumentError('It must be linear or conditional.');
}

function describe({ facade, path, methods, findings }: FacadeCheck): string {
  const width = Math.max(...methods.map(({ name }) => name.length));
  const lines = methods.flatMap(({ name, grade, findings: own }) => [
    `${name.padEnd(width)}  ${grade}`,
    ...own.map(({ line, column, text, code }) => `  ${path}:${line}:${column} ${text} [${code}]`),
  ]);
  const general = findings.map(
    ({ line, column, text, code }) => `${path}:${line}:${column} ${text} [${code}]`,
  );
  return `${facade}\n${[...general, ...lines].join('\n')}\n`;
}
