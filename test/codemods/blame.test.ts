import { posix } from 'node:path';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { inMemoryProject, projectRoot } from './in-memory-project.js';
import { blame } from '../../codemods/engine/blame.js';
import type { Carrier } from '../../codemods/engine/resolve/carrier.js';

const carriers = ['deps', 'other', 'far'].map((name, index) => ({ name, index }) as Carrier);

/** Who answers for the first error of some modules, in which `/*name*\/…/**\/` was written for the carrier of that name. */
function blamed(modules: Readonly<Record<string, string>>): readonly string[] {
  const files = Object.entries(modules).map(([name, marked]) => {
    const placed = [...marked.matchAll(/\/\*(\w+)\*\/.*?\/\*\*\//gs)].map((match) => ({
      from: { start: match.index, end: match.index },
      start: match.index,
      end: match.index + match[0].length,
      owners: carriers.filter((carrier) => carrier.name === match[1]),
    }));
    return { path: posix.join(projectRoot, name), before: '', after: marked, placed };
  });
  const { program } = inMemoryProject(
    new Map([
      [posix.join(projectRoot, 'package.json'), '{ "type": "module" }'],
      ...files.map(({ path, after }) => [path, after] as const),
    ]),
  );
  const [error] = ts.getPreEmitDiagnostics(program);
  if (error === undefined) throw new Error('the modules have no error');
  return blame(error, { program, files, moving: carriers }).map((carrier) => carrier.name);
}

const far = 'export const far = /*far*/1/**/;\n';

describe('the blame for an error', () => {
  it('falls on the edit that it touches', () => {
    expect(
      blamed({
        'a.ts': `export const one: string = /*deps*/1/**/;\nexport const two = /*other*/2/**/;\n${far}`,
      }),
    ).toEqual(['deps']);
  });

  it('falls on the smallest code around it that was edited', () => {
    const text =
      'declare function run(first: number, second: string): void;\nrun(/*deps*/1/**/, 2);\nrun(/*other*/3/**/, "");\n';

    expect(blamed({ 'a.ts': `${text}${far}` })).toEqual(['deps']);
  });

  it('falls on a change of the type that a literal is expected to have, in whatever file', () => {
    expect(
      blamed({
        'a.ts': `import { use } from './b.js';\nuse({ runner: 1 });\n`,
        'b.ts': `import type { Deps } from './c.js';\nexport const use = (deps: Deps): void => void deps;\n${far}`,
        'c.ts': 'export interface Deps {\n  /*deps*/executor: number/**/;\n}\n',
      }),
    ).toEqual(['deps']);
  });

  it('falls on a change of what is called, and not on one inside its body', () => {
    expect(
      blamed({
        'a.ts': `import { use } from './b.js';\nuse(1);\n`,
        'b.ts': `export function use(/*deps*/one: number, two: number/**/): void {\n  void /*other*/[one, two]/**/;\n}\n${far}`,
      }),
    ).toEqual(['deps']);
  });

  it('falls on all that changed its file where its statement is about nothing that changed', () => {
    expect(
      blamed({ 'a.ts': `export const one: string = 1;\nexport const two = /*other*/2/**/;\n`, 'b.ts': far }),
    ).toEqual(['other']);
  });

  it('falls on everything where nothing is nearer', () => {
    expect(blamed({ 'a.ts': 'export const one: string = 1;\n', 'b.ts': far })).toEqual([
      'deps',
      'other',
      'far',
    ]);
  });
});
