// Puts each named mistake into the engine and looks which test notices: `npm run test:engine-mutants [-- words]`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineMutant, Killer } from './engine-mutant.js';
import { namedMutants } from './named-mutants.js';
import { runVitest } from './run-vitest.js';

const [words = ''] = process.argv.slice(2);
const mutants = namedMutants.filter(({ name }) => name.includes(words));
const folder = await mkdtemp(join(tmpdir(), 'refacet-engine-mutants-'));
const problems: string[] = [];

const isFixture = (killer: Killer): boolean => 'project' in killer || 'situation' in killer;
const killed = ({ name }: EngineMutant, by: string): void => console.log(`killed    ${name}: ${by}`);
const survives = ({ name }: EngineMutant, green: number): void => {
  console.log(`SURVIVES  ${name}: ${green} tests are green`);
  problems.push(`No test notices that ${name}.`);
};

/** All mutants that fixtures notice, in one process: loading a compiler takes longer than a fixture. */
async function runFixtures(): Promise<void> {
  const wanted = mutants.filter(({ killers }) => killers.some(isFixture));
  if (wanted.length === 0) return;
  const tests = await runVitest(['test/engine-mutants/fixtures.mutants.ts'], { MUTANTS: words }, folder);
  for (const { name, isGreen } of tests) {
    if (name.includes('without any mutant') && !isGreen) problems.push(`A fixture fails as it is: ${name}`);
  }
  for (const mutant of wanted) {
    const own = tests.filter(({ name }) => name.endsWith(`notice that ${mutant.name}`));
    if (own.length === 0) problems.push(`${mutant.name} was not tried.`);
    else if (own.every(({ isGreen }) => isGreen)) killed(mutant, mutant.killers.map(nameOf).join(', '));
    else survives(mutant, mutant.killers.length);
  }
}

/** One process for each mutant that whole test files notice, and one without any, which has to be green. */
async function runTests(): Promise<void> {
  const wanted = mutants.filter(({ killers }) => !killers.some(isFixture));
  for (const killer of new Map(
    wanted.flatMap(({ killers }) => killers).map((one) => [nameOf(one), one]),
  ).values()) {
    if ('generated' in killer) continue;
    const tests = await runKiller(killer, {});
    const red = tests.find(({ isGreen }) => !isGreen);
    if (red !== undefined || tests.length === 0)
      problems.push(`${nameOf(killer)} is not green as it is: ${red?.name ?? 'no test'}`);
  }
  for (const mutant of wanted) {
    let green = 0;
    let by: string | undefined;
    for (const killer of mutant.killers) {
      const tests = by === undefined ? await runKiller(killer, { ENGINE_MUTANT: mutant.name }) : [];
      green += tests.length;
      by ??= tests.find(({ isGreen }) => !isGreen)?.name;
    }
    if (by === undefined) survives(mutant, green);
    else killed(mutant, by.split('\n')[0] ?? by);
  }
}

function runKiller(killer: Killer, settings: Readonly<Record<string, string>>): ReturnType<typeof runVitest> {
  if ('generated' in killer) {
    const volume = { REFACET_PROGRAMS: String(killer.generated), REFACET_NO_SHRINK: 'yes' };
    return runVitest(['test/codemods/generated-facades.test.ts'], { ...volume, ...settings }, folder);
  }
  if (!('test' in killer)) return Promise.resolve([]);
  const named = killer.named === undefined ? [] : ['-t', killer.named];
  return runVitest([killer.test, ...named, '--bail=1'], settings, folder);
}

function nameOf(killer: Killer): string {
  if ('project' in killer) return killer.project;
  if ('situation' in killer) return killer.situation;
  return 'test' in killer
    ? [killer.test, killer.named ?? ''].join(' ').trim()
    : `${killer.generated} generated consumers`;
}

try {
  await runFixtures();
  await runTests();
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const problem of problems) console.log(problem);
console.log(`${mutants.length - problems.length} of ${mutants.length} mutants are killed`);
if (problems.length > 0 || mutants.length === 0) process.exitCode = 1;
