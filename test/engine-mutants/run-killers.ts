import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Killer } from './engine-mutant.js';

/** What running some tests showed. */
export interface Verdict {
  readonly ran: number;
  /** Name of the first test that failed. */
  readonly failed: string | undefined;
}

/** The parts of vitest's JSON report that are read. */
interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly status: string;
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

interface Run {
  readonly arguments: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
}

/** Runs tests with a mutant in the engine, or without one. `folder` takes the report. */
export async function runKillers(
  killers: readonly Killer[],
  mutant: string | undefined,
  folder: string,
): Promise<Verdict> {
  let ran = 0;
  for (const run of runsOf(killers)) {
    const verdict = await runVitest(run, mutant, folder);
    ran += verdict.ran;
    if (verdict.failed !== undefined) return { ran, failed: verdict.failed };
  }
  return { ran, failed: undefined };
}

/** As few runs as the killers allow: starting one costs more than a fixture does. */
function runsOf(killers: readonly Killer[]): readonly Run[] {
  const projects = killers.flatMap((killer) => ('project' in killer ? [killer.project] : []));
  const situations = killers.flatMap((killer) => ('situation' in killer ? [killer.situation] : []));
  const generated = killers.flatMap((killer) => ('generated' in killer ? [killer.generated] : []));
  const files = killers.flatMap((killer) =>
    'test' in killer && killer.named === undefined ? [killer.test] : [],
  );
  const anyOf = (names: readonly string[]): string => `(${[...new Set(names)].join('|')})`;
  return [
    ...(projects.length === 0
      ? []
      : [of(['test/codemods/project-fixtures.test.ts', '-t', `small project ${anyOf(projects)}$`])]),
    ...(situations.length === 0
      ? []
      : [
          of(['test/codemods/fixtures.test.ts', '-t', `every fixture ${anyOf(situations)}:`], {
            REFACET_SITUATIONS: situations.join(),
          }),
        ]),
    ...(files.length === 0 ? [] : [of([...new Set(files)])]),
    ...killers.flatMap((killer) =>
      'test' in killer && killer.named !== undefined ? [of([killer.test, '-t', killer.named])] : [],
    ),
    ...(generated.length === 0
      ? []
      : [
          of(['test/codemods/generated-facades.test.ts'], {
            REFACET_PROGRAMS: String(Math.max(...generated)),
            REFACET_NO_SHRINK: 'yes',
          }),
        ]),
  ];
}

function of(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Run {
  return { arguments: args, settings };
}

async function runVitest(run: Run, mutant: string | undefined, folder: string): Promise<Verdict> {
  const report = join(folder, 'report.json');
  await rm(report, { force: true });
  const config = 'test/engine-mutants/vitest.config.ts';
  const child = spawn(
    process.execPath,
    [
      ...['node_modules/vitest/vitest.mjs', 'run', '--config', config, '--reporter=json'],
      ...[`--outputFile=${report}`, ...run.arguments],
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        ...run.settings,
        ...(mutant === undefined ? {} : { ENGINE_MUTANT: mutant }),
      },
    },
  );
  await once(child, 'exit');
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as Report;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.find(({ status }) => status === 'failed')?.fullName;
  const broken = testResults.find(({ status }) => status === 'failed');
  return {
    ran: tests.filter(({ status }) => status === 'passed' || status === 'failed').length,
    failed: failed ?? (broken && `${broken.name}: ${broken.message}`),
  };
}
