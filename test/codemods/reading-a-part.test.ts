import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfiguration } from '../../codemods/index.js';
import { ownFilesOf } from '../../codemods/engine/facade/own-files.js';
import { openWithFacade } from '../../codemods/engine/open-with-facade.js';
import { planMigration } from '../../codemods/engine/plan-migration.js';
import { accountForOccurrences } from '../../codemods/reporting/account.js';
import { createReport } from '../../codemods/reporting/report.js';
import { FixtureProject } from './fixture-project.js';
import { generatedProgram, printProgram } from './generated-program.js';

const facade = 'facade/legacy-runner.ts#LegacyRunner';

/** Ways in which a value of the source's type comes to a file that does not name it. */
const ways: Readonly<Record<string, string>> = {
  'holder.ts': `import type { Runner } from '../facade/runner.js';
export interface Deps { readonly inner: Runner }
export default class Holder { constructor(readonly inner: Runner) {} }
export const both = (holder: Holder, use: (runner: Runner) => Promise<void>): Promise<void> => use(holder.inner);
`,
  'barrel.ts': `export * from './holder.js';
export { default as Box } from './holder.js';
export * as holders from './holder.js';
`,
  'by-default.ts': `import Anything from './holder.js';
export const stop = (one: Anything): Promise<void> => one.inner.killTask({ requestId: '1' }, 'a');
`,
  'by-namespace.ts': `import * as everything from './barrel.js';
export const stop = (one: everything.Box): Promise<void> => one.inner.killTask({ requestId: '1' }, 'a');
`,
  'by-callback.ts': `import { both, type Box } from './barrel.js';
export const stop = (box: Box): Promise<void> => both(box, (one) => one.killTask({ requestId: '1' }, 'a'));
`,
  'by-import-type.ts': `export const stop = async (): Promise<void> => {
  const { default: Made } = await import('./holder.js');
  const one: InstanceType<typeof Made> | undefined = undefined as never;
  await one?.inner.killTask({ requestId: '1' }, 'a');
};
`,
  'renamed.ts': `export { both as twice } from './holder.js';
`,
  'by-renamed.ts': `import { twice } from './renamed.js';
import type { holders } from './barrel.js';
export const stop = (box: holders.default): Promise<void> => twice(box, (one) => one.killTask({ requestId: '1' }, 'a'));
`,
  'another-name.ts': `import type { Runner as Starter } from '../facade/runner.js';
import Kept from './holder.js';
import * as every from './barrel.js';
export interface Job { readonly starter: Starter }
export class Shelf extends Kept {}
export type Crate = every.Deps;
`,
  'only-default.ts': `import type { Deps } from './holder.js';
export default (deps: Deps): Deps => deps;
`,
  'by-only-default.ts': `import pass from './only-default.js';
export const throughDefault = (): Promise<void> => pass(undefined as never).inner.killTask({ requestId: '1' }, 'a');
`,
  'loading.ts': `export const load = () => import('./only-default.js');
`,
  'by-loading.ts': `import { load } from './loading.js';
export const throughLoading = async (): Promise<void> => {
  const loaded = await load();
  await loaded.default(undefined as never).inner.killTask({ requestId: '1' }, 'a');
};
`,
  'inferred-field.ts': `import pass from './only-default.js';
export class Inferred {
  inner;
  constructor() { this.inner = pass(undefined as never).inner; }
}
`,
  'by-inferred-field.ts': `import type { Inferred } from './inferred-field.js';
export const throughField = (one: Inferred): Promise<void> => one.inner.killTask({ requestId: '1' }, 'a');
`,
  'by-another-name.ts': `import type { Crate, Job, Shelf } from './another-name.js';
export const throughAnotherName = async (job: Job, shelf: Shelf, crate: Crate): Promise<void> => {
  await job.starter.killTask({ requestId: '1' }, 'a');
  await shelf.inner.killTask({ requestId: '1' }, 'b');
  await crate.inner.killTask({ requestId: '1' }, 'c');
};
`,
};

/** Code that has nothing to do with the source, and members of the same names. */
const others: Readonly<Record<string, string>> = {
  'pool.ts': `export class Pool { killTask(id: string): boolean { return id === 'killTask'; } }
// killTask in a comment
export const drain = (pool: Pool, ids: readonly string[]): number => ids.filter((id) => pool.killTask(id)).length;
export function killTask(pool: { killTask(id: string): boolean }, anything: any): boolean {
  return pool.killTask('a') || anything.killTask('a') || /killTask/.test(\`\${'killTask'} killTask\`);
}
`,
  'drained.ts': `import { drain, Pool } from './pool.js';
export const count = drain(new Pool(), ['a']);
export const made = [new Pool()].map((one) => one.killTask('b'));
`,
  'script.d.ts': `declare const killTask: (id: string) => void;
`,
};

describe('reading a part of a project', () => {
  let project: FixtureProject | undefined;

  afterEach(() => {
    project?.remove();
  });

  it('finds, changes and says what reading all of it does', () => {
    project = new FixtureProject();
    writeAll(project.root, 'ways', ways);
    writeAll(project.root, 'others', others);
    const programs = fc.sample(generatedProgram, { seed: 20261124, numRuns: 20 }).map(printProgram);
    writeAll(project.root, 'support', { 'make-runner.ts': makeRunner });
    programs.forEach((text, index) => {
      writeAll(project?.root ?? '', `program-${index}`, { 'behaviour.ts': text });
    });

    const whole = planOf(project.root, { fewestFiles: Infinity });
    const part = planOf(project.root, { fewestFiles: 0, greatestPart: 1 });

    expect(whole.read).toBe('all');
    expect(part.read).toEqual(expect.not.arrayContaining(['others/pool.ts', 'others/drained.ts']));
    expect(part.read).toEqual(expect.arrayContaining(Object.keys(ways).map((name) => `ways/${name}`)));
    expect(part.outcome).toEqual(whole.outcome);
  }, 120_000);

  it('reads everything where a global leads to the source', () => {
    project = new FixtureProject([]);
    writeAll(project.root, 'app', {
      'global.ts': `import type { Runner } from '../facade/runner.js';
declare global { var current: Runner }
`,
      'use.ts': `export const stop = (): Promise<void> => current.killTask({ requestId: '1' }, 'a');
`,
      ...others,
    });

    const { read, outcome } = planOf(project.root, { fewestFiles: 0, greatestPart: 1 });

    expect(read).toBe('all');
    expect(outcome.report.found).toBe(1);
  }, 60_000);

  it('reads files whose globals others use, and what unread files import from packages', () => {
    project = new FixtureProject([]);
    writeAll(project.root, 'node_modules/shapes', {
      'package.json': '{ "name": "shapes", "version": "1.0.0", "types": "index.d.ts", "main": "index.js" }',
      'index.d.ts': 'declare global { interface String { shaped(): string } }\nexport {};\n',
    });
    writeAll(project.root, 'app', {
      'setup.ts': "import 'shapes';\nexport const ready = true;\n",
      'names.d.ts': 'declare type Name = string;\n',
      'use.ts': `import type { Runner } from '../facade/runner.js';
export const stop = (runner: Runner, name: Name): Promise<void> => runner.killTask({ requestId: name.shaped() }, 'a');
`,
    });

    const { read, outcome, earlierErrors } = planOf(project.root, { fewestFiles: 0, greatestPart: 1 });

    expect(read).not.toContain('app/setup.ts');
    expect(outcome.report).toMatchObject({ rewritten: 1, left: 0 });
    expect(earlierErrors).toBe(0);
  }, 60_000);
});

function planOf(root: string, selection: { readonly fewestFiles: number; readonly greatestPart?: number }) {
  const configuration = readConfiguration(root, { facade });
  const { project, facade: found } = openWithFacade(configuration, selection);
  const choices = { scope: [], allowBindings: true, keepDoubles: false, width: 100 };
  const plan = planMigration({ project, facade: found, ...choices });
  const occurrences = accountForOccurrences({ project, facade: found, plan, scope: [] });
  const ownFiles = ownFilesOf(found.model);
  const report = createReport({ plan, root, scope: [], ownFiles, occurrences });
  const changes = plan.files.map(({ path, after }) => ({ path, after }));
  return {
    read:
      project.reach === undefined
        ? ('all' as const)
        : [...project.reach.files.keys()].map((path) => path.slice(root.length + 1)),
    earlierErrors: report.earlierErrors,
    // How many errors there were before is told for what was checked, which is less.
    outcome: { changes, report: { ...report, earlierErrors: 0 } },
  };
}

function writeAll(root: string, folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** What the generated programs begin with. */
const makeRunner = `import type { Facets } from '../facade/facets.js';
import { LegacyRunner } from '../facade/legacy-runner.js';
import type { Runner } from '../facade/runner.js';

export const makeRunner = (facets: Facets): Runner => new LegacyRunner(facets);
export const fakeRunner = (facets: Facets, mark: (label: string) => string): Runner =>
  mark('') === '' ? new LegacyRunner(facets) : makeRunner(facets);
`;
