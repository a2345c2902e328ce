import { describe, expect, it } from 'vitest';
import { planMigration } from '../../codemods/engine/plan-migration.js';
import { findFacade } from '../../codemods/engine/facade/find-facade.js';
import type { FacadeModel } from '../../codemods/engine/facade/facade-model.js';
import { NestedEdits } from '../../codemods/engine/nested-edits.js';
import type { Carrier } from '../../codemods/engine/resolve/carrier.js';
import { verify } from '../../codemods/engine/verify.js';
import { readFixture } from './fixture.js';
import { inMemoryProject } from './in-memory-project.js';

const nameNode = {} as Carrier['nameNode'];
const carrier = { name: 'runner', index: 0, nameNode } as Carrier;
const nothing = { name: 'Nothing', module: '/project/nothing.ts', specifier: undefined };
const model: FacadeModel = {
  facade: nothing,
  source: nothing,
  slots: [],
  methods: [],
  wayBack: undefined,
  findings: [],
};

/** What the verification says of one edit in `edited.ts`. */
function verdict(
  files: Readonly<Record<string, string>>,
  [old, written]: readonly [string, string],
  candidates: readonly string[],
): string | undefined {
  const path = '/project/edited.ts';
  const before = files['edited.ts'] ?? '';
  const project = inMemoryProject(
    new Map([
      ['/project/package.json', '{ "type": "module" }'],
      ...Object.entries(files).map(([name, text]) => [`/project/${name}`, text] as const),
    ]),
  );
  const edits = new NestedEdits(before);
  const start = before.indexOf(old);
  edits.add({ owner: carrier, start, end: start + old.length, key: old, build: () => written });
  const { text: after, placed } = edits.apply();
  const blamed = verify({
    project,
    files: [{ path, before, after, placed }],
    candidates: candidates.map((name) => `/project/${name}`),
    moving: [carrier],
    uses: [],
    model,
  });
  return blamed.get(carrier)?.cause.reason;
}

describe('the verification', () => {
  it('checks the files that mention what was changed, and not only those that were', () => {
    const files = {
      'edited.ts': 'export const limit: number = 1;\n',
      'other.ts': "import { limit } from './edited.js';\nexport const half: number = limit;\n",
    };

    expect(verdict(files, ['number = 1', "string = ''"], ['other.ts'])).toBe('would-not-compile');
    expect(verdict(files, ['number = 1', 'number = 2'], ['other.ts'])).toBe(undefined);
  });

  it('sees what compiles and means something else', () => {
    const text = 'const facet = 1;\nexport const read = (runner: number): number => runner + facet;\n';

    expect(
      verdict(
        { 'edited.ts': text },
        ['(runner: number): number => runner', '(facet: number): number => facet'],
        [],
      ),
    ).toBe('would-bind-differently');
  });
});

describe('a plan', () => {
  const { before } = readFixture('deps-interface');
  const planIn = (order: 'ascending' | 'descending') => {
    const project = inMemoryProject(before, {}, order);
    const facade = findFacade(project, { facade: 'legacy/legacy-runner.ts#LegacyRunner' });
    return planMigration({ project, facade, scope: [], allowBindings: true, keepDoubles: false, width: 100 });
  };

  it('lists files by their paths, in whatever order the project has them', () => {
    const paths = ['/project/src/deps.ts', '/project/src/jobs.ts', '/project/src/main.ts'];

    expect(planIn('ascending').files.map(({ path }) => path)).toEqual(paths);
    expect(planIn('descending').files.map(({ path }) => path)).toEqual(paths);
  });
});
