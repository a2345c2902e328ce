import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FixtureProject } from './fixture-project.js';
import { refacet } from './run-command.js';

const situation = 'forwarding-helper';

describe('refacet migrate', () => {
  let project: FixtureProject;
  let consumer: string;

  beforeEach(() => {
    project = new FixtureProject([situation, 'shape-test-with-in']);
    consumer = join(project.root, situation, 'behaviour.ts');
    writeFileSync(
      join(project.root, 'refacet.config.json'),
      '{ "facade": "facade/legacy-runner.ts#LegacyRunner" }',
    );
  });

  afterEach(() => {
    project.remove();
  });

  it('shows a diff that git can apply, and writes nothing', async () => {
    const before = readFileSync(consumer, 'utf8');

    const { out, code, error } = await refacet(project.root, 'migrate', situation);

    expect(code).toBe(0);
    expect(error).toContain('1 use found, 1 rewritten, 0 left alone; 1 file changed.\n');
    expect(readFileSync(consumer, 'utf8')).toBe(before);
    const patch = join(project.root, 'change.patch');
    writeFileSync(patch, out);
    execFileSync('git', ['apply', '--check', patch], { cwd: project.root });
  });

  it('writes with --write, has nothing to do again, and undoes byte for byte', async () => {
    const before = readFileSync(consumer, 'utf8');

    const written = await refacet(project.root, 'migrate', '--write', situation);
    expect(written.code).toBe(0);
    expect(written.out).toBe('');
    expect(readFileSync(consumer, 'utf8')).toContain('taskExecutor.killTask(ctx, id)');

    expect(await refacet(project.root, 'migrate', situation)).toMatchObject({ code: 0, out: '' });

    expect((await refacet(project.root, 'migrate', '--undo')).code).toBe(0);
    expect(readFileSync(consumer, 'utf8')).toBe(before);
  });

  it('records what it was asked for, plans with it from then on, and undoes that as well', async () => {
    const recorded = join(project.root, 'refacet.scope.json');

    await refacet(project.root, 'migrate', '--write', situation);
    expect(JSON.parse(readFileSync(recorded, 'utf8'))).toEqual({ version: 1, paths: [situation] });

    await refacet(project.root, 'migrate', '--write', 'shape-test-with-in');
    expect(JSON.parse(readFileSync(recorded, 'utf8'))).toEqual({
      version: 1,
      paths: [situation, 'shape-test-with-in'],
    });

    await refacet(project.root, 'migrate', '--undo');
    expect(JSON.parse(readFileSync(recorded, 'utf8'))).toEqual({ version: 1, paths: [situation] });
  });

  it('leaves a file that was changed since when it undoes, and names it', async () => {
    await refacet(project.root, 'migrate', '--write', situation);
    writeFileSync(consumer, `${readFileSync(consumer, 'utf8')}// by hand\n`);

    const { code, error } = await refacet(project.root, 'migrate', '--undo');

    expect(code).toBe(1);
    expect(error).toContain('was changed since');
    expect(readFileSync(consumer, 'utf8')).toContain('// by hand');
  });

  it('exits with 1 where something is left for a person, and says what and why', async () => {
    const { code, error } = await refacet(project.root, 'migrate', 'shape-test-with-in');

    expect(code).toBe(1);
    expect(error).toContain('shape-test-with-in/behaviour.ts:8:35 killTask left alone, blocked by');
    expect(error).toContain('[identity-or-shape-use]');
  });

  it('prints one JSON document with --json, without absolute paths', async () => {
    const { out } = await refacet(project.root, 'migrate', '--json');

    expect(JSON.parse(out)).toMatchObject({ version: 1, found: 2, rewritten: 1, left: 1 });
    expect(out).not.toContain(project.root);
  });

  it('refuses a dirty git tree', async () => {
    execFileSync('git', ['init', '--quiet'], { cwd: project.root });

    const { code, error } = await refacet(project.root, 'migrate', '--write', situation);

    expect(code).toBe(3);
    expect(error).toContain('--allow-dirty');
  });

  it('exits with 2 and names what is wrong in the configuration', async () => {
    writeFileSync(join(project.root, 'refacet.config.json'), '{ "facad": "x" }');

    const { code, error, out } = await refacet(project.root, 'migrate');

    expect(code).toBe(2);
    expect(error).toContain('facade');
    expect(out).toBe('');
  });

  it('exits with 2 when no facade is named', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'refacet-empty-'));

    const { code, error } = await refacet(empty, 'migrate');

    rmSync(empty, { recursive: true });
    expect(code).toBe(2);
    expect(error).toContain('--facade');
  });

  it('exits with 2 for an option that there is not', async () => {
    expect((await refacet(project.root, 'migrate', '--wrong')).code).toBe(2);
  });

  it('has a page that names every option and no other', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/reference/command-line.md'), 'utf8');
    for (const command of ['migrate', 'check', 'status']) {
      const { out } = await refacet(project.root, command, '--help');
      const options = [...out.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map((match) => match[1] ?? '');
      const rows = page.split(`## refacet ${command}`)[1]?.split('\n## ')[0] ?? '';
      const documented = [...rows.matchAll(/^\| `(--[\w-]+)/gm)].map((match) => match[1] ?? '');

      expect([...documented, '--facade', '--project', '--help'].sort(), command).toEqual([...options].sort());
    }
  });

  it.each(['migrate', 'check', 'status'])(
    'shows examples and exit codes in the help of %s',
    async (command) => {
      const { out, code } = await refacet(project.root, command, '--help');

      expect(code).toBe(0);
      expect(out).toContain('130');
      expect(out).toContain(`Examples:\n  refacet ${command}`);
    },
  );
});

describe('refacet check', () => {
  let project: FixtureProject;

  beforeEach(() => {
    project = new FixtureProject([situation]);
    writeFileSync(
      join(project.root, 'refacet.config.json'),
      '{ "facade": "facade/legacy-runner.ts#LegacyRunner" }',
    );
  });

  afterEach(() => {
    project.remove();
  });

  it('grades each method and says why', async () => {
    const { out, code } = await refacet(project.root, 'check', '--json');

    const check = JSON.parse(out) as {
      methods: { name: string; grade: string; findings: { code: string }[] }[];
    };
    const grades = Object.fromEntries(
      check.methods.map(({ name, grade, findings }) => [name, [grade, ...findings.map((one) => one.code)]]),
    );
    expect(code).toBe(1);
    expect(grades).toEqual({
      startTask: ['linear'],
      killTask: ['linear'],
      moveTask: ['conditional', 'parameters-out-of-order'],
      lastExit: ['conditional', 'async-method'],
      stopAll: ['linear'],
      registerImage: ['linear'],
      getImage: ['linear'],
      tagImage: ['linear'],
      labelImage: ['conditional', 'parameter-used-twice'],
      describeImage: ['conditional', 'parameter-used-conditionally', 'parameter-used-twice'],
      purgeImage: ['conditional', 'parameter-unused'],
      fetchLog: ['linear'],
      audit: ['refused', 'not-one-expression', 'async-method'],
    });
  });
});
