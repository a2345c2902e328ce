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

const options = {
  target: 'es2022',
  module: 'nodenext',
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

const tsconfig = (more: Readonly<Record<string, unknown>>, changes: object = {}): string =>
  JSON.stringify({ compilerOptions: { ...options, ...changes }, ...more });

/** A caller in another file than the function, whose way to it is for each test to say. */
const caller = (specifier: string): string => `import { LegacyRunner } from '../facade/legacy-runner.js';
import { kill } from '${specifier}';

export const end = (runner: LegacyRunner): Promise<void> => kill(runner, {});
`;

const followed = /kill\(taskExecutor, \{\}\)/;

describe('what uses the project from outside of its tsconfig follows as well:', () => {
  it('tests that no tsconfig lists', async () => {
    project.write({
      'tsconfig.json': tsconfig({ include: ['src', 'facade'] }),
      'test/kill.test.ts': caller('../src/kill.js'),
    });

    expect(await migrate()).toMatchObject({ code: 0 });
    expect(project.read('test/kill.test.ts')).toMatch(followed);
  });

  it('tests with a tsconfig of their own, and their settings', async () => {
    project.write({
      'tsconfig.json': tsconfig({ include: ['src', 'facade'] }),
      'tsconfig.test.json': tsconfig(
        { include: ['test'] },
        { moduleResolution: 'bundler', module: 'esnext', paths: { '@/*': ['./src/*'] } },
      ),
      'test/kill.test.ts': caller('@/kill'),
    });

    expect(await migrate()).toMatchObject({ code: 0 });
    expect(project.read('test/kill.test.ts')).toMatch(followed);
  });

  it('files that are only imported by those that are listed', async () => {
    project.write({
      'tsconfig.json': tsconfig({ files: ['src/main.ts'] }),
      'src/main.ts': caller('./kill.js'),
    });

    expect(await migrate()).toMatchObject({ code: 0 });
    expect(project.read('src/kill.ts')).not.toContain('Runner');
    expect(project.read('src/main.ts')).toMatch(followed);
  });

  it('not what has nothing to do with it, whatever it is called', async () => {
    const unrelated = 'export const kill = (runner: { killTask(): void }): void => runner.killTask();\n';
    project.write({
      'tsconfig.json': tsconfig({ include: ['src', 'facade'] }),
      'scripts/kill.ts': unrelated,
      'test/fixtures/kill.ts': caller('../../src/kill.js'),
    });

    const { error } = await migrate();

    expect(error).toContain('1 file changed');
    expect(project.read('scripts/kill.ts')).toBe(unrelated);
    expect(project.read('test/fixtures/kill.ts')).toBe(caller('../../src/kill.js'));
  });

  it('nothing but the tsconfig that is named', async () => {
    project.write({
      'tsconfig.json': tsconfig({ include: ['src', 'facade'] }),
      'test/kill.test.ts': caller('../src/kill.js'),
    });

    await migrate('--project', 'tsconfig.json');

    expect(project.read('test/kill.test.ts')).toBe(caller('../src/kill.js'));
  });
});

describe('a workspace is migrated as a whole:', () => {
  const packages = (main: string): Readonly<Record<string, string>> => ({
    'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
    'tsconfig.json': tsconfig({ include: ['facade'] }),
    'packages/core/package.json': JSON.stringify({ name: '@acme/core', private: true, exports: main }),
    'packages/core/tsconfig.json': tsconfig({ include: ['src'] }, { outDir: 'dist', rootDir: 'src' }),
    'packages/core/src/index.ts': killer.replaceAll('../facade', '../../../facade'),
    'packages/web/package.json': JSON.stringify({ name: '@acme/web', private: true }),
    'packages/web/tsconfig.json': tsconfig({ include: ['src'] }),
    'packages/web/src/main.ts': caller('@acme/core').replace('../facade', '../../../facade'),
  });

  it('packages that import each other by name, though they are not installed nor built', async () => {
    project.write(packages('./dist/index.js'));

    expect(await migrate()).toMatchObject({ code: 0 });
    expect(project.read('packages/core/src/index.ts')).not.toContain('Runner');
    expect(project.read('packages/web/src/main.ts')).toMatch(followed);
  });

  it('packages whose declarations were built before', async () => {
    project.write({
      ...packages('./dist/index.js'),
      'packages/core/dist/index.d.ts': killer
        .replaceAll('../facade', '../../../facade')
        .replace('export async', 'export declare')
        .replace(/ \{\n[^]*/, ';\n'),
      'packages/core/dist/index.js': 'export async function kill() {}\n',
    });

    expect(await migrate()).toMatchObject({ code: 0 });
    expect(project.read('packages/web/src/main.ts')).toMatch(followed);
  });

  it('without a tsconfig of the root', async () => {
    project.write(packages('./src/index.ts'));
    project.write({ 'tsconfig.json': tsconfig({ files: [] }) });

    expect(await migrate()).toMatchObject({ code: 0 });
    expect(project.read('packages/web/src/main.ts')).toMatch(followed);
  });
});

describe('JavaScript that nothing checks', () => {
  it('keeps what it hands over, and says so', async () => {
    const script =
      "import { kill } from '../src/kill.js';\nexport const end = (runner) => kill(runner, {});\n";
    project.write({ 'tsconfig.json': tsconfig({ include: ['src', 'facade'] }), 'scripts/end.js': script });

    const { code, error } = await migrate();

    expect(code).toBe(1);
    expect(error).toContain('unchecked-javascript');
    expect(project.read('scripts/end.js')).toBe(script);
    expect(project.read('src/kill.ts')).toBe(killer);
  });
});
