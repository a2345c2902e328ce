import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Report } from '../../codemods/reporting/report.js';
import { measuredRun, type MeasuredRun } from '../support/measured-run.js';
import { writeFacade } from './write-facade.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tsconfig: { type: 'string' }, keep: { type: 'boolean', default: false } },
});
const [folder, wanted] = positionals;
const [module, name] = (wanted ?? '').split('#');
if (folder === undefined || module === undefined || name === undefined || !existsSync(join(folder, module))) {
  process.stderr.write(
    'usage: npm run practice -- <folder> <file>#<Interface> [--tsconfig <file>] [--keep]\n',
  );
  process.exitCode = 2;
} else practise(resolve(folder), module, name);

/** Makes a facade for an interface of a project, migrates the project, and says what came of it. */
function practise(root: string, module: string, interfaceName: string): void {
  const project = values.tsconfig ?? 'tsconfig.json';
  const compiler = createRequire(join(root, 'package.json')).resolve('typescript/lib/tsc.js');
  const facade = writeFacade({ root, tsconfig: values.tsconfig, module, name: interfaceName });
  const run = (script: string, ...commandLine: readonly string[]): MeasuredRun =>
    measuredRun(script, commandLine, root, process.env);
  const typecheck = (): MeasuredRun => run(compiler, '--noEmit', '-p', project, '--pretty', 'false');

  const before = typecheck();
  // The folder may be one package of a repository; its own configuration makes it the root.
  const configuration = join(root, 'refacet.config.json');
  writeFileSync(configuration, '{}\n', { flag: 'wx' });
  const migration = run(
    join(import.meta.dirname, '../../codemods/cli/main.js'),
    ...['migrate', '--write', '--allow-dirty', '--json', '--facade', facade.choice, '--project', project],
  );
  rmSync(configuration);
  const after = typecheck();
  if (migration.code !== 0 && migration.code !== 1) process.stderr.write(migration.error);
  else {
    const report = JSON.parse(migration.out) as Report;
    for (const [group, members] of facade.groups) say(`facet ${group}`, `${members.length} members`);
    describe(report);
    say('errors before and after', `${errorsIn(before).length} ${errorsIn(after).length}`);
    const known = new Set(errorsIn(before).map(withoutPlace));
    for (const line of errorsIn(after)) if (!known.has(withoutPlace(line))) say('new error', line);
    describeCost('typecheck', before);
    describeCost('migration', migration);
    say('CPU of the typecheck', `${(migration.cpuSeconds / before.cpuSeconds).toFixed(2)} ×`);
  }
  // With --keep the migrated project can be tested; the facade has to stay with it.
  if (!values.keep) for (const file of facade.files) rmSync(file);
}

function describe({ found, rewritten, left, changedFiles, leftAlone }: Report): void {
  say('uses found', String(found));
  say('rewritten', String(rewritten));
  say('left alone', String(left));
  say('files changed', String(changedFiles.length));
  const byReason = new Map<string, number>();
  for (const { kind, reason, blockedBy } of leftAlone) {
    if (kind !== 'use') continue;
    const key = blockedBy === undefined ? reason : `${reason} ${blockedBy.reason}`;
    byReason.set(key, (byReason.get(key) ?? 0) + 1);
  }
  const sorted = [...byReason].sort((one, other) => other[1] - one[1]);
  for (const [reason, count] of sorted) say(`  ${reason}`, String(count));
  const isTakenBack = ({ reason, blockedBy }: Report['leftAlone'][number]): boolean =>
    (blockedBy?.reason ?? reason) === 'would-not-compile';
  say('taken back', String(leftAlone.filter(isTakenBack).length));
}

function describeCost(what: string, { wallSeconds, cpuSeconds, peakMiB }: MeasuredRun): void {
  say(what, `${wallSeconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s CPU, ${peakMiB.toFixed(0)} MiB`);
}

function errorsIn({ out }: MeasuredRun): readonly string[] {
  return out.split('\n').filter((line) => /error TS\d+/.test(line));
}

function withoutPlace(line: string): string {
  return line.replace(/\(\d+,\d+\)/, '');
}

function say(label: string, value: string): void {
  process.stdout.write(`${label.padEnd(44)} ${value}\n`);
}
