import { Command, CommanderError } from 'commander';
import { UsageError } from '../engine/usage-error.js';
import { addCheckCommand } from './check-command.js';
import { exitCodeHelp, exitCodes } from './exit-codes.js';
import { addMigrateCommand } from './migrate-command.js';
import { addModelCommand } from './model-command.js';
import { addStatusCommand } from './status-command.js';
import type { Streams } from './streams.js';

/** Runs a command line and gives the exit code. Never throws and never exits. */
export async function run(commandLine: readonly string[], streams: Streams): Promise<number> {
  let code: number = exitCodes.done.code;
  const exit = (chosen: number): void => {
    code = chosen;
  };
  const program = new Command('refacet')
    .description('splits an overloaded TypeScript interface into focused ones, call site by call site')
    .configureOutput({ writeOut: (text) => streams.out(text), writeErr: (text) => streams.error(text) })
    .version(streams.version ?? '0.0.0', '--version', 'print the version')
    .exitOverride()
    .addHelpText('after', exitCodeHelp());
  addCheckCommand(program, streams, exit);
  addMigrateCommand(program, streams, exit);
  addStatusCommand(program, streams, exit);
  addModelCommand(program, streams);
  for (const command of program.commands) command.copyInheritedSettings(program);
  try {
    await program.parseAsync(commandLine, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.done.code : exitCodes.usage.code;
    streams.error(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? exitCodes.usage.code : exitCodes.refused.code;
  }
}
