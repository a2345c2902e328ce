// Mutates the code and looks whether the tests notice: `npm run test:mutation [-- target [file…]]`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { judgeMutants, type LedgerEntry } from './judge-mutants.js';
import { readMutants, type Mutant, type MutationReport } from './mutant.js';
import { type MutationTarget, reportFolder, strykerOptions } from './stryker-options.js';

const read = async <Data>(path: string): Promise<Data> => JSON.parse(await readFile(path, 'utf8')) as Data;

async function runStryker(name: string, target: MutationTarget, files: readonly string[]): Promise<void> {
  await mkdir(reportFolder, { recursive: true });
  const config = `${reportFolder}/${name}.config.json`;
  await writeFile(config, JSON.stringify(strykerOptions(name, target, files), null, 2));
  const stryker = spawn('npx', ['stryker', 'run', config], {
    stdio: 'inherit',
    env: { ...process.env, MUTATION_TARGET: name },
  });
  const [code] = (await once(stryker, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`Stryker ended with ${code ?? 'a signal'}.`);
}

function printFiles(mutants: readonly Mutant[]): void {
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    const { score, valid, survivors } = judgeMutants(
      mutants.filter((mutant) => mutant.file === file),
      { ledger: [] },
    );
    console.log(`${score.toFixed(1).padStart(6)} %  ${file}: ${valid} mutants, ${survivors.length} survive`);
  }
}

const [wanted, ...files] = process.argv.slice(2);
const targets = await read<Readonly<Record<string, MutationTarget>>>('test/mutation/targets.json');
const ledger = await read<readonly LedgerEntry[]>('test/mutation/survivors.json');
for (const [name, target] of Object.entries(targets)) {
  if (wanted !== undefined && wanted !== name) continue;
  await runStryker(name, target, files);
  const all = readMutants(await read<MutationReport>(`${reportFolder}/${name}.json`));
  const mutants = files.length === 0 ? all : all.filter(({ file }) => files.includes(file));
  printFiles(mutants);
  const goal = files.length === 0 ? target.goal : undefined;
  const { score, valid, killed, timeouts, unexplained, problems } = judgeMutants(mutants, { ledger, goal });
  // To be copied into the ledger, each with its reason.
  await writeFile(`${reportFolder}/${name}.unexplained.json`, JSON.stringify(unexplained, null, 2));
  console.log(`${name}: ${score.toFixed(1)} % of ${valid} mutants (${killed} killed, ${timeouts} timed out)`);
  for (const problem of problems) console.log(`  ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}
