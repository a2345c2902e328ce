import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandProject, killer } from './command-project.js';
import { refacet, type Outcome } from './run-command.js';

let project: CommandProject;

beforeEach(() => {
  project = new CommandProject({ 'src/kill.ts': killer });
});

afterEach(() => {
  project.remove();
});

const migrate = (...flags: readonly string[]): Promise<Outcome> =>
  refacet(project.root, 'migrate', '--write', ...flags);

/** One sentence or two on one line, which names what it is about; nothing on stdout; nothing written. */
function expectRefusal({ code, out, error }: Outcome, about: string, next: string): void {
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(error).toContain(about);
  expect(error).toContain(next);
  expect(error.trimEnd()).not.toContain('\n');
  expect(error).not.toMatch(/\bat \S+ \(|undefined|\[object/);
  expect(project.read('src/kill.ts')).toBe(killer);
}

describe('bad input is refused with what it is about and the next step:', () => {
  it('a facade whose file there is not', async () => {
    expectRefusal(await migrate('--facade', 'facade/old.ts#LegacyRunner'), 'facade/old.ts', '"facade"');
  });

  it('a facade that its file does not declare', async () => {
    expectRefusal(
      await migrate('--facade', 'facade/legacy-runner.ts#Legacy'),
      'facade/legacy-runner.ts',
      '"facade"',
    );
  });

  it('a facade that is no class', async () => {
    project.write({
      'facade/function.ts': 'export function makeRunner(): void {}\nexport const runner = {};\n',
    });

    expectRefusal(await migrate('--facade', 'facade/function.ts#makeRunner'), 'makeRunner', 'class');
    expectRefusal(await migrate('--facade', 'facade/function.ts#runner'), 'runner', 'class');
  });

  it('a facade that implements nothing', async () => {
    project.write({ 'facade/alone.ts': 'export class Alone {\n  constructor(readonly a: object) {}\n}\n' });

    expectRefusal(
      await migrate('--facade', 'facade/alone.ts#Alone'),
      'Alone implements no interface',
      'implement the source',
    );
  });

  it('a facade whose interface is any, since its import does not resolve', async () => {
    project.write({
      'facade/lost.ts': `import type { Runner } from './nowhere.js';
import type { TaskExecutor } from './facets.js';
export class Lost implements Runner {
  constructor(private readonly taskExecutor: TaskExecutor) {}
}
`,
    });

    expectRefusal(await migrate('--facade', 'facade/lost.ts#Lost'), "'./nowhere.js'", 'facade/lost.ts');
  });

  it('a facade without facets', async () => {
    project.write({
      'facade/empty.ts': `export interface Thing { a(): void }
export class Empty implements Thing {
  a(): void {}
}
`,
    });

    expectRefusal(await migrate('--facade', 'facade/empty.ts#Empty'), 'Empty has no facets', 'constructor');
  });

  it('a tsconfig that there is not', async () => {
    expectRefusal(await migrate('--project', 'tsconfig.none.json'), 'tsconfig.none.json', '--project');
  });

  it('a tsconfig that is no JSON', async () => {
    project.write({ 'tsconfig.broken.json': '{ "compilerOptions": { "strict": true ' });

    expectRefusal(await migrate('--project', 'tsconfig.broken.json'), 'tsconfig.broken.json', '--project');
  });

  it('a tsconfig that extends one that there is not', async () => {
    project.write({ 'tsconfig.extending.json': '{ "extends": "./tsconfig.none.json", "include": ["src"] }' });

    expectRefusal(await migrate('--project', 'tsconfig.extending.json'), 'tsconfig.none.json', '--project');
  });

  it('a tsconfig without files', async () => {
    project.write({ 'tsconfig.empty.json': '{ "include": ["nothing"] }' });

    expectRefusal(await migrate('--project', 'tsconfig.empty.json'), 'tsconfig.empty.json', '--project');
  });

  it.each([
    ['is no JSON', '{ "facade": ', 'is no JSON'],
    ['has a key that there is not', '{ "facade": "a.ts#A", "facad": 1 }', 'facad'],
    ['has a facade of another form', '{ "facade": "a.ts" }', 'path/to/file.ts#ClassName'],
    ['names no facade', '{}', '--facade'],
  ])('a configuration that %s', async (_, text, next) => {
    project.write({ 'refacet.config.json': text });

    expectRefusal(await migrate(), 'refacet.config.json', next);
  });

  it('a configuration that cannot be read', async () => {
    const folder = new CommandProject({ 'src/kill.ts': killer });
    mkdirSync(join(folder.root, 'inner/refacet.config.json'), { recursive: true });

    const { code, error } = await refacet(join(folder.root, 'inner'), 'migrate');

    folder.remove();
    expect(code).toBe(2);
    expect(error).toContain('refacet.config.json');
  });

  it('paths that there are not, or that lie outside', async () => {
    expectRefusal(await migrate('src/kil.ts'), 'src/kil.ts', 'Check');
    expectRefusal(await migrate('../elsewhere'), '../elsewhere', 'outside');
  });
});

describe('what was wrong before stops nothing:', () => {
  it('type errors, missing packages and old options are counted, and the rest moves', async () => {
    project.write({
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          target: 'es2022',
          module: 'esnext',
          moduleResolution: 'node',
          baseUrl: '.',
          strict: true,
          keyofStringsOnly: true,
          noSuchOption: 1,
        },
        include: ['facade', 'src'],
      }),
      'src/kill.ts':
        killer.replace('\n\n', "\nimport { missing } from 'not-installed';\n\n") +
        'export const wrong: number = missing ?? "text";\nexport const also: number = "text";\n',
    });

    const { code, error } = await migrate();

    expect(code).toBe(0);
    expect(error).toContain('1 use found, 1 rewritten, 0 left alone; 1 file changed.');
    expect(error).toMatch(/\d type errors were there before/);
    expect(project.read('src/kill.ts')).toContain('taskExecutor.killTask');
  });
});
