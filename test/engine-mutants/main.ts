// Puts each named mistake into the engine and looks which test notices: `npm run test:engine-mutants [-- words]`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namedMutants } from './named-mutants.js';
import { runKillers } from './run-killers.js';

const [words = ''] = process.argv.slice(2);
const mutants = namedMutants.filter(({ name }) => name.includes(words));
const folder = await mkdtemp(join(tmpdir(), 'refacet-engine-mutants-'));
const problems: string[] = [];
try {
  const { ran, failed } = await runKillers(
    mutants.flatMap(({ killers }) => killers),
    undefined,
    folder,
  );
  if (failed !== undefined) problems.push(`A test fails without any mutant: ${failed}`);
  console.log(`${mutants.length} mutants; ${ran} tests are green without any`);
  for (const { name, killers } of problems.length === 0 ? mutants : []) {
    const verdict = await runKillers(killers, name, folder);
    if (verdict.failed !== undefined)
      console.log(`killed    ${name}: ${verdict.failed.split('\n')[0] ?? ''}`);
    else {
      console.log(`SURVIVES  ${name}: ${verdict.ran} tests are green`);
      problems.push(`No test notices that ${name}.`);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const problem of problems) console.log(problem);
console.log(`${mutants.length - problems.length} of ${mutants.length} mutants are killed`);
if (problems.length > 0 || mutants.length === 0) process.exitCode = 1;
