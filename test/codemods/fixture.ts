import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LeftAlone } from './describe-plan.js';
import type { Files } from './in-memory-project.js';
import { projectRoot } from './in-memory-project.js';

/** A small project before and after a migration, and what is known of it. */
export interface Fixture {
  readonly name: string;
  readonly before: Files;
  /** What `before` has to become, all files of it. */
  readonly after: Files;
  /** What is executed on both, kept out of the project: nobody migrates it. */
  readonly behaviour: string;
  readonly expected: Expectations;
}

/** `left-alone.json`. */
export interface Expectations {
  /** The facade project in `_shared` that the fixture stands on. */
  readonly shared: string;
  readonly facade: string;
  /** `compilerOptions` that differ from the usual ones, as a tsconfig has them. */
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
  readonly scope?: readonly string[];
  readonly publicApi?: 'keep' | 'migrate';
  readonly keepDoubles?: boolean;
  readonly allowBindings?: boolean;
  readonly width?: number;
  /** Uses that stay: place, member, reason. */
  readonly left?: readonly string[];
  /** Declarations that keep their type: place, name, reason, and the place that the reason is about. */
  readonly stays?: readonly string[];
  /** Errors that the project has already. */
  readonly errors?: readonly string[];
  /** Comments that the rewritten call makes superfluous. */
  readonly droppedComments?: readonly string[];
  /** Nothing in the project can be executed. */
  readonly notExecuted?: string;
  /** Why a migration file by file does not end where one of all files does. */
  readonly stepwiseDefect?: string;
  /** What a more capable engine would rewrite here; what is left alone is left alone rightly. */
  readonly gap?: string;
  /** What the engine does wrong here. The fixture then has to fail, and to be corrected once it does not. */
  readonly knownDefect?: string;
}

const root = join(import.meta.dirname, '../fixtures/projects');
const shared = join(root, '_shared');

/** The facades of the shared projects; a fixture with a facade of its own names it. */
const facades: Readonly<Record<string, string>> = {
  runner: 'legacy/legacy-runner.ts#LegacyRunner',
  archive: 'legacy/archive-facade.ts#ArchiveFacade',
  store: 'legacy/store-facade.ts#StoreFacade',
};

/** The names of all fixtures. */
export function fixtureNames(): readonly string[] {
  return readdirSync(root)
    .filter((name) => !name.startsWith('_'))
    .sort();
}

/** Where a fixture is on disk. */
export function fixtureFolder(name: string): string {
  return join(root, name);
}

/** Reads a fixture from its folder. */
export function readFixture(name: string): Fixture {
  const folder = fixtureFolder(name);
  const given = JSON.parse(readFileSync(join(folder, 'left-alone.json'), 'utf8')) as Partial<Expectations>;
  const named = given.shared ?? 'runner';
  const expected: Expectations = { shared: named, facade: facades[named] ?? '', ...given };
  const before = new Map([
    ...readFolder(join(shared, 'support')),
    ...readFolder(join(shared, expected.shared)),
    ...readFolder(join(folder, 'before')),
  ]);
  return {
    name,
    before,
    after: new Map([...before, ...readFolder(join(folder, 'after'))]),
    behaviour: readFileSync(
      existsSync(join(folder, 'behaviour.ts')) ? join(folder, 'behaviour.ts') : join(shared, 'behaviour.ts'),
      'utf8',
    ),
    expected,
  };
}

function readFolder(folder: string): Files {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      // Installed packages are checked in under another name: git and the tools look away from node_modules.
      const place = path.slice(folder.length).split('\\').join('/').replace('/installed/', '/node_modules/');
      return [`${projectRoot}${place}`, readFileSync(path, 'utf8')] as const;
    }),
  );
}

/** Writes what the engine made of a fixture over what was expected; the diff is for a person to judge. */
export function recordFixture(
  { name, before }: Fixture,
  changes: Readonly<Record<string, string>>,
  { left, stays }: LeftAlone,
): void {
  const folder = join(root, name);
  rmSync(join(folder, 'after'), { recursive: true, force: true });
  for (const [path, text] of Object.entries(changes)) {
    const target = join(folder, 'after', path.slice(projectRoot.length));
    if (!before.has(path)) throw new Error(`${path} is no file of ${name}`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  const path = join(folder, 'left-alone.json');
  const expected = JSON.parse(readFileSync(path, 'utf8')) as Expectations;
  writeFileSync(path, `${JSON.stringify({ ...expected, left, stays }, undefined, 2)}\n`);
}
