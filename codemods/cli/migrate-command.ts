import { Option, type Command } from 'commander';
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { readConfiguration, type Configuration } from '../configuration/read-configuration.js';
import type { ProjectPath } from '../engine/project-path.js';
import { UsageError } from '../engine/usage-error.js';
import { hasUnfinishedWrite, undoWrite } from '../engine/writing/undo-write.js';
import { writeFiles } from '../engine/writing/write-files.js';
import { migrate, type Migration } from '../migrate.js';
import { colourDiff } from '../reporting/colour-diff.js';
import { diffReport } from '../reporting/diff.js';
import { renderReport, reportFormats, type ReportFormat } from '../reporting/render-report.js';
import { hasWorkLeft } from '../reporting/report.js';
import { terminalReport } from '../reporting/terminal.js';
import { chooseGroups } from './choose-groups.js';
import { exitCodeHelp, exitCodes } from './exit-codes.js';
import { isDirty } from './git-tree.js';
import { createProgressLine } from './progress-line.js';
import type { Streams } from './streams.js';
import { createTimings } from './timings.js';

interface Flags {
  readonly write?: boolean;
  readonly interactive?: boolean;
  readonly undo?: boolean;
  readonly json?: boolean;
  readonly report?: ReportFormat;
  readonly only?: string;
  readonly todo?: boolean;
  readonly projectStays?: boolean;
  readonly bindings: boolean;
  readonly keepDoubles?: boolean;
  readonly allowDirty?: boolean;
  readonly timings?: boolean;
  readonly facade?: string;
  readonly project?: string;
}

const examples = `
Examples:
  refacet migrate                         show what would change, as a patch that git can apply
  refacet migrate --write                 change it
  refacet migrate --write src/jobs        change one folder; what is outside gets bridges only
  refacet migrate --interactive           decide group by group, then change what was agreed to
  refacet migrate --only imageRegistry    move only what needs this facet and no other
  refacet migrate --write --todo          leave a comment "TODO(refacet): …" where a person must do something
  refacet migrate --report html > r.html  everything in one page
  refacet migrate --undo                  put back what the last --write changed
`;

/** `refacet migrate`: shows what would change, or changes it. */
export function addMigrateCommand(program: Command, streams: Streams, exit: (code: number) => void): void {
  program
    .command('migrate')
    .description('move call sites off the facade: shows the diff, or applies it with --write')
    .argument('[paths...]', 'folders and files that may change; all of the project without any')
    .option('--write', 'apply the changes')
    .option('--interactive', 'ask about each group of changes, then apply what was agreed to')
    .option('--undo', 'restore what the last --write replaced, byte for byte')
    .option('--allow-dirty', 'write although git has uncommitted changes')
    .option('--only <facet>', 'move only what needs this facet and no other')
    .option('--project-stays', 'inline calls on what stays as well, by the way back')
    .option('--no-bindings', 'leave calls that need a const to keep their order of evaluation')
    .option('--keep-doubles', 'leave test doubles as they are')
    .option('--todo', 'leave a comment TODO(refacet) where a person must do something')
    .addOption(new Option('--report <format>', 'print the report in this form').choices(reportFormats))
    .option('--json', 'the same as --report json')
    .option('--timings', 'print what each phase took')
    .option('--facade <file#Class>', 'the facade; default: refacet.config.json')
    .option('--project <tsconfig>', 'the tsconfig; default: tsconfig.json of the root')
    .addHelpText('after', `${examples}${exitCodeHelp()}`)
    .action(async (paths: readonly string[], flags: Flags) => {
      exit(await runMigrate(paths, flags, streams));
    });
}

async function runMigrate(paths: readonly string[], flags: Flags, streams: Streams): Promise<number> {
  const configuration = readConfiguration(streams.workingDirectory, flags);
  const { root } = configuration;
  if (flags.undo === true) return runUndo(root, streams);
  const writes = flags.write === true || flags.interactive === true;
  const format = flags.json === true ? 'json' : flags.report;
  if (flags.json === true && flags.report !== undefined && flags.report !== 'json') {
    throw new UsageError(`--json and --report ${flags.report} are two forms of one report. Choose one.`);
  }
  if (hasUnfinishedWrite(root)) {
    if (!writes) {
      throw new Error(
        'An earlier run was ended while it wrote. Run `refacet migrate --undo`: it puts everything back.',
      );
    }
    streams.error('An earlier run was ended while it wrote: ');
    runUndo(root, streams);
  }
  if (writes && flags.allowDirty !== true && isDirty(root)) {
    throw new Error('The git tree has uncommitted changes. Commit them, or use --allow-dirty.');
  }
  const line = createProgressLine(streams, root);
  const timings = createTimings(streams);
  const scope = scopeOf(paths, root, streams);
  const plan = async (exclude: readonly ProjectPath[]): Promise<Migration> => {
    const migration = await migrate(configuration, {
      ...optionsOf(flags),
      scope,
      exclude,
      onProgress(progress) {
        timings.enter(progress.phase);
        line.show(progress);
      },
    }).finally(() => line.clear());
    return migration;
  };
  const migration = flags.interactive === true ? await choose(configuration, plan, streams) : await plan([]);
  if (migration === undefined) {
    streams.error('Nothing was written.\n');
    return exitCodes.left.code;
  }
  const { changes, scopeFile, report } = migration;
  if (writes) {
    timings.enter('writing');
    const write = (): void => writeFiles(root, scopeFile === undefined ? changes : [...changes, scopeFile]);
    if (streams.undisturbed === undefined) write();
    else streams.undisturbed(write);
  }
  if (format !== undefined) {
    streams.out(renderReport(format, { report, root, changes, version: streams.version ?? '0.0.0' }));
  } else {
    if (!writes) await showDiff(diffReport(root, changes), streams);
    streams.error(terminalReport(report));
  }
  if (flags.timings === true) streams.error(timings.print());
  return hasWorkLeft(report) ? exitCodes.left.code : exitCodes.done.code;
}

function optionsOf(flags: Flags): Parameters<typeof migrate>[1] {
  return {
    only: flags.only,
    projectsStays: flags.projectStays === true,
    addsTodos: flags.todo === true,
    allowBindings: flags.bindings,
    keepDoubles: flags.keepDoubles === true,
  };
}

function scopeOf(paths: readonly string[], root: string, { workingDirectory }: Streams): readonly string[] {
  return paths.map((path) => {
    const absolute = resolve(workingDirectory, path);
    const inRoot = relative(root, absolute).split('\\').join('/');
    if (inRoot.startsWith('..')) throw new UsageError(`${path} is outside the project's root ${root}.`);
    if (!existsSync(absolute)) throw new UsageError(`There is no ${path}. Check the paths.`);
    return inRoot;
  });
}

async function choose(
  { root }: Configuration,
  plan: (exclude: readonly ProjectPath[]) => Promise<Migration>,
  streams: Streams,
): Promise<Migration | undefined> {
  const ask = streams.ask?.bind(streams);
  if (ask === undefined) {
    throw new UsageError('--interactive needs a terminal to ask on. Use --write, or name the paths.');
  }
  return chooseGroups(root, plan, ask, (diff) =>
    streams.out(streams.page === undefined ? diff : colourDiff(diff)),
  );
}

async function showDiff(diff: string, streams: Streams): Promise<void> {
  if (streams.page === undefined) streams.out(diff);
  else if (diff !== '') await streams.page(colourDiff(diff));
}

function runUndo(root: string, streams: Streams): number {
  const { restored, left } = undoWrite(root);
  streams.error(`${restored.length} restored.\n`);
  for (const path of left) streams.error(`${path} was changed since and is left as it is.\n`);
  return left.length === 0 ? exitCodes.done.code : exitCodes.left.code;
}
