import { afterAll, describe, expect, it } from 'vitest';
import type { migrate, readConfiguration, writeFiles } from '../../codemods/index.js';
import type { checkFixture } from '../codemods/fixture-runner.js';
import type { leftIn } from '../codemods/left-in.js';
import { expectedLeftAlone, filesOf, FixtureProject } from '../codemods/fixture-project.js';
import { readFixture } from '../codemods/fixture.js';
import type { EngineMutant } from './engine-mutant.js';
import { namedMutants } from './named-mutants.js';

interface Engine {
  readonly migrate: typeof migrate;
  readonly readConfiguration: typeof readConfiguration;
  readonly writeFiles: typeof writeFiles;
  readonly checkFixture: typeof checkFixture;
  readonly leftIn: typeof leftIn;
}

const words = process.env['MUTANTS'] ?? '';
const mutants = namedMutants.filter(({ name }) => name.includes(words));
const { projects, situations } = killersOf(mutants);

describe('the fixtures', () => {
  it.each(projects)('hold without any mutant: %s', async (name) => {
    const engine = await engineWith('none');

    await engine.checkFixture(readFixture(name));
  });

  it.each(situations)('hold without any mutant: %s', async (name) => {
    await checkSituation(await engineWith('none'), name);
  });

  const killable = mutants.filter(
    (mutant) => killersOf([mutant]).projects.length + killersOf([mutant]).situations.length > 0,
  );
  it.each(killable.map((mutant) => [mutant.name, mutant] as const))(
    'notice that %s',
    async (name, mutant) => {
      const engine = await engineWith(name);
      const green: string[] = [];
      for (const project of killersOf([mutant]).projects) {
        await engine.checkFixture(readFixture(project)).then(() => green.push(project), notice);
      }
      for (const situation of killersOf([mutant]).situations) {
        await checkSituation(engine, situation).then(() => green.push(situation), notice);
      }

      expect(green).toEqual([]);
    },
  );
});

const folders: FixtureProject[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

/** Why a mutant was noticed is worth nothing: every claim of a fixture counts. */
function notice(): void {
  // Nothing to do: what did not fail is told by its name.
}

function killersOf(mutants: readonly EngineMutant[]): {
  readonly projects: readonly string[];
  readonly situations: readonly string[];
} {
  const killers = mutants.flatMap((mutant) => mutant.killers);
  const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
  return {
    projects: unique(killers.flatMap((killer) => ('project' in killer ? [killer.project] : []))),
    situations: unique(killers.flatMap((killer) => ('situation' in killer ? [killer.situation] : []))),
  };
}

/** The engine and what runs its fixtures, with a mutant in it. */
async function engineWith(name: string): Promise<Engine> {
  const load = async <Module>(path: string): Promise<Module> =>
    (await import(/* @vite-ignore */ `${path}?mutant=${encodeURIComponent(name)}`)) as Module;
  return {
    ...(await load<Engine>('/codemods/index.ts')),
    checkFixture: (await load<Engine>('/test/codemods/fixture-runner.ts')).checkFixture,
    leftIn: (await load<Engine>('/test/codemods/left-in.ts')).leftIn,
  };
}

/** Migrates one of the fixtures that share a facade, in a project of its own. */
async function checkSituation(engine: Engine, name: string): Promise<void> {
  const project = new FixtureProject([name]);
  folders.push(project);
  const facade = 'facade/legacy-runner.ts#LegacyRunner';
  const migration = await engine.migrate(engine.readConfiguration(project.root, { facade }));
  engine.writeFiles(project.root, migration.changes);
  expect(project.filesOf(name)).toEqual(filesOf(name, 'after'));
  expect(engine.leftIn(migration, name)).toEqual(expectedLeftAlone(name));
}
