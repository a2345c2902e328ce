import { execFileSync } from 'node:child_process';
import type { Command } from 'commander';
import { relative, resolve } from 'node:path';
import { readConfiguration } from '../configuration/read-configuration.js';
import { UsageError } from '../engine/usage-error.js';
import { undoWrite, writeFiles } from '../engine/write-files.js';
import { migrate } from '../migrate.js';
import { diffReport } from '../reporting/diff.js';
import { hasWorkLeft } from '../reporting/report.js';
import { terminalReport } from '../reporting/terminal.js';
import { exitCodeHelp, exitCodes } from './exit-codes.js';
import type { Streams } from './streams.js';

interface Flags {
  readonly write?: boolean;
  readonly undo?: boolean;
  readonly json?: boolean;
  readonly bindings: boolean;
  readonly keepDoubles?: boolean;
  readonly allowDirty?: boolean;
  readonly facade?: string;
  readonly project?: string;
}

/** `refacet migrate`: shows what would change, or changes it. */
export function addMigrateCommand(program: Command, streams: Streams, exit: (code: number) => void): void {
  program
    .command('migrate')
    .description('move call sites off the facade: shows the diff, or applies it with --write')
    .argument('[paths...]', 'folders and files that may change; all of the project without any')
    .option('--write', 'apply the changes')
    .option('--undo', 'restore what the last --write replaced')
    .option('--json', 'print the report as JSON')
    .option('--no-bindings', 'leave calls that need a const to keep their order of evaluation')
    .option('--keep-doubles', 'leave test doubles as they are')
    .option('--allow-dirty', 'write although git has uncommitted changes')
    .option('--facade <file#Class>', 'the facade; default: refacet.config.json')
    .option('--project <tsconfig>', 'the tsconfig; default: tsconfig.json of the root')
    .addHelpText('after', exitCodeHelp())
    .action(async (paths: readonly string[], flags: Flags) => {
      exit(await runMigrate(paths, flags, streams));
    });
}

async function runMigrate(paths: readonly string[], flags: Flags, streams: Streams): Promise<number> {
  const configuration = readConfiguration(streams.workingDirectory, flags);
  const { root } = configuration;
  if (flags.undo === true) return runUndo(root, streams);
  if (flags.write === true && flags.allowDirty !== true && isDirty(root)) {
    throw new Error('The git tree has uncommitted changes. Commit them, or use --allow-dirty.');
  }
  const scope = paths.map((path) => {
    const inRoot = relative(root, resolve(streams.workingDirectory, path)).split('\\').join('/');
    if (inRoot.startsWith('..')) throw new UsageError(`${path} is outside the project's root ${root}.`);
    return inRoot;
  });
  if (streams.isTerminal) streams.error('Reading the project…\n');
  const { changes, scopeFile, report } = await migrate(configuration, {
    scope,
    allowBindings: flags.bindings,
    keepDoubles: flags.keepDoubles === true,
  });
  if (flags.write === true) writeFiles(root, scopeFile === undefined ? changes : [...changes, scopeFile]);
  if (flags.json === true) streams.out(`${JSON.stringify(report, undefined, 2)}\n`);
  else {
    if (flags.write !== true) streams.out(diffReport(root, changes));
    streams.error(terminalReport(report));
  }
  return hasWorkLeft(report) ? exitCodes.left.code : exitCodes.done.code;
}

function runUndo(root: string, streams: Streams): number {
  const { restored, left } = undoWrite(root);
  streams.error(`${restored.length} restored.\n`);
  for (const path of left) streams.error(`${path} was changed since and is left as it is.\n`);
  return left.length === 0 ? exitCodes.done.code : exitCodes.left.code;
}

function isDirty(root: string): boolean {
  try {
    return (
      execFileSync('git', ['status', '--porcelain'], {
        cwd: root,
        encoding: 'utf8',
        stdio: 'pipe',
      }).trim() !== ''
    );
  } catch {
    // No repository, no tree to be dirty.
    return false;
  }
}
