import type { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { readConfiguration } from '../configuration/read-configuration.js';
import { describeFacade } from '../describe-facade.js';
import { toProjectPath } from '../engine/project-path.js';
import { exitCodeHelp } from './exit-codes.js';
import type { Streams } from './streams.js';

interface Flags {
  readonly facade?: string;
  readonly project?: string;
}

const examples = `
Examples:
  refacet model --facade legacy/legacy-runner.ts#LegacyRunner --project tsconfig.build.json
`;

/** `refacet model`: what a package with a facade runs after its build. */
export function addModelCommand(program: Command, streams: Streams): void {
  program
    .command('model')
    .description('write the model of the facade beside its declaration, for the consumers of your package')
    .option('--facade <file#Class>', 'the facade; default: refacet.config.json')
    .option('--project <tsconfig>', 'the tsconfig of the build; default: tsconfig.json of the root')
    .addHelpText('after', `${examples}${exitCodeHelp()}`)
    .action((flags: Flags) => {
      const configuration = readConfiguration(streams.workingDirectory, flags);
      const { path, text, unpublished } = describeFacade(configuration);
      writeFileSync(path, text);
      streams.out(`${toProjectPath(configuration.root, path)}\n`);
      if (unpublished.length > 0) {
        streams.error(
          `Your package does not export ${unpublished.join(', ')}: calls that need them will be left alone.\n`,
        );
      }
    });
}
