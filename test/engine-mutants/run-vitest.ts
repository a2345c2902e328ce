import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A test that ran, by its full name. */
export interface RunTest {
  readonly name: string;
  readonly isGreen: boolean;
}

/** The parts of vitest's JSON report that are read. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Runs tests with the configuration of the mutants and tells what became of each. `folder` takes the report. */
export async function runVitest(
  options: readonly string[],
  settings: Readonly<Record<string, string>>,
  folder: string,
): Promise<readonly RunTest[]> {
  const report = join(folder, 'report.json');
  await rm(report, { force: true });
  const config = 'test/engine-mutants/vitest.config.ts';
  const child = spawn(
    process.execPath,
    [
      ...['node_modules/vitest/vitest.mjs', 'run', '--config', config, '--reporter=json'],
      ...[`--outputFile=${report}`, ...options],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...settings } },
  );
  await once(child, 'exit');
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as Report;
  return testResults.flatMap(({ name, message, status, assertionResults }) => {
    const tests = assertionResults
      .filter((test) => test.status === 'passed' || test.status === 'failed')
      .map((test): RunTest => ({ name: test.fullName, isGreen: test.status === 'passed' }));
    // A file that cannot even be loaded has no tests to speak of.
    const isBroken = status === 'failed' && tests.every(({ isGreen }) => isGreen);
    return isBroken ? [...tests, { name: `${name}: ${message}`, isGreen: false }] : tests;
  });
}
