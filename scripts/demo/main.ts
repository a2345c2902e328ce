// Shows the codemods at work on this repository's own legacy code: `npm run demo`.
// `npm run demo -- --keep` leaves the migrated copy where one can look at it.
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import colors from 'picocolors';
import { showChanges } from './show-changes.js';
import { describeOutcome, runCommand, type CommandOutcome } from './run-command.js';
import { showSteps, type Step } from './step.js';

const root = process.cwd();
const copy = mkdtempSync(join(tmpdir(), 'refacet-demo-'));
const isKept = process.argv.includes('--keep');

const migrated = ['legacy/orchestrator', 'legacy/api'];
const files = migrated.flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
);
/** What the reader sees line by line: one call with nine arguments, and one class that needs several facets. */
const inFull = ['legacy/orchestrator/image-service.ts', 'legacy/orchestrator/execution-service.ts'];

const write = (text: string): void => void process.stdout.write(text);
const tool = (shown: string, script: string, ...parameters: string[]): Promise<CommandOutcome> =>
  runCommand({
    shown,
    program: process.execPath,
    parameters: [join(root, script), ...parameters],
    folder: copy,
    env: { ...process.env, ...(colors.isColorSupported ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) },
  });
const refacet = (...parameters: string[]): Promise<CommandOutcome> =>
  tool(`refacet ${parameters.join(' ')}`, 'dist/codemods/cli/main.js', ...parameters);
const show = async (outcome: Promise<CommandOutcome>): Promise<boolean> => {
  write(describeOutcome(await outcome, colors.dim));
  return (await outcome).isGood;
};

let tests: Promise<CommandOutcome> | undefined;
const runTests = (): Promise<CommandOutcome> =>
  (tests ??= tool(
    `vitest run ${migrated.join(' ')}`,
    'node_modules/vitest/vitest.mjs',
    'run',
    '--root',
    copy,
    '--reporter',
    'dot',
    ...migrated,
  ));

const steps: readonly Step[] = [
  {
    title: 'The code that calls Runner is copied aside',
    async run() {
      for (const path of [
        'legacy',
        'src',
        'package.json',
        'refacet.config.json',
        'tsconfig.json',
        '.prettierrc.json',
      ])
        cpSync(join(root, path), join(copy, path), { recursive: true });
      symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
      write(
        `   ${files.length} files of ${migrated.join(' and ')} call Runner, test it, or hand it on.\n   ${copy}\n`,
      );
      return true;
    },
  },
  {
    title: 'Can every method of the facade be put in the place of its calls?',
    run: () => show(refacet('check')),
  },
  {
    title: 'Every call is replaced by what the facade says, and what is injected is split',
    run: () => show(refacet('migrate', ...migrated, '--write')),
  },
  {
    title: 'What has changed',
    run: async () =>
      showChanges({ before: root, after: copy, paths: files, inFull }, write, {
        added: colors.green,
        removed: colors.red,
        place: colors.cyan,
      }) > 0,
  },
  {
    title: 'It compiles',
    async run() {
      // Nobody wants to wait for one after the other.
      void runTests();
      return show(tool('tsc', 'node_modules/typescript/bin/tsc', '-p', '.'));
    },
  },
  {
    title: 'Its tests, which were migrated with it, pass',
    run: () => show(runTests()),
  },
];

process.once('exit', () => {
  if (isKept) write(`The migrated copy is in ${copy}\n`);
  else rmSync(copy, { recursive: true, force: true });
});
process.once('SIGINT', () => process.exit(130));

process.exitCode = await showSteps(
  steps,
  { write, title: colors.bold, good: colors.green, bad: colors.red },
  () => performance.now(),
);
