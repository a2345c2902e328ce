import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProject } from '../../codemods/engine/open-project.js';
import type { Status } from '../../codemods/status/status.js';
import { FixtureProject } from './fixture-project.js';
import { refacet } from './run-command.js';
import { ts } from 'ts-morph';

const movable = 'forwarding-helper';
const blocked = 'shape-test-with-in';

describe('refacet status', () => {
  let project: FixtureProject;

  beforeEach(() => {
    project = new FixtureProject([movable, blocked]);
    writeFileSync(
      join(project.root, 'refacet.config.json'),
      '{ "facade": "facade/legacy-runner.ts#LegacyRunner" }',
    );
  });

  afterEach(() => {
    project.remove();
  });

  it('counts what is left by file, owner and reason, and names what blocks it', async () => {
    mkdirSync(join(project.root, '.github'));
    mkdirSync(join(project.root, '.git'));
    writeFileSync(join(project.root, '.github/CODEOWNERS'), `* @all\n/${blocked}/ @shapes @more\n`);

    const { out, code } = await refacet(project.root, 'status');

    expect(code).toBe(1);
    expect(out).toBe(
      [
        'can move    left  by file',
        `       1       0  ${movable}/behaviour.ts  @all`,
        `       0       1  ${blocked}/behaviour.ts  @shapes  @more`,
        '',
        'can move    left  by owner',
        '       1       0  @all, 1 file',
        '       0       1  @more, 1 file',
        '       0       1  @shapes, 1 file',
        '',
        '    left  by reason',
        '       1  identity-or-shape-use, 1 file: The value is compared, inspected or copied as a whole.',
        '',
        'what blocks most',
        `1 use blocks 1 use in 1 file: ${blocked}/behaviour.ts:8 The value is compared, inspected or copied as a whole. ` +
          'Do this with a facet, or leave it with the source. [identity-or-shape-use]',
        '',
        '2 uses of Runner: 1 can move, 1 would be left',
        '',
      ].join('\n'),
    );
  });

  it('is done when nothing uses the source any more', async () => {
    const done = new FixtureProject([movable]);
    writeFileSync(
      join(done.root, 'refacet.config.json'),
      '{ "facade": "facade/legacy-runner.ts#LegacyRunner" }',
    );
    await refacet(done.root, 'migrate', '--write');

    const { out, code } = await refacet(done.root, 'status');

    done.remove();
    expect({ out, code }).toEqual({ out: '0 uses of Runner: 0 can move, 0 would be left\n', code: 0 });
  });

  it('passes with as many uses as the baseline, fails with more, passes with fewer', async () => {
    const compare = (): ReturnType<typeof refacet> =>
      refacet(project.root, 'status', '--baseline', 'left.txt');
    expect(await refacet(project.root, 'status', '--baseline', 'left.txt', '--update')).toMatchObject({
      code: 0,
    });
    const recorded = readFileSync(join(project.root, 'left.txt'), 'utf8');

    expect(await compare()).toMatchObject({ code: 0, out: 'As many uses as in left.txt.\n' });

    cpSync(join(project.root, movable), join(project.root, 'copied'), { recursive: true });
    const worse = await compare();
    expect(worse.code).toBe(1);
    expect(worse.out).toContain('copied/behaviour.ts');
    expect(worse.out).toContain('1 use of killTask, 0 in the baseline');

    await refacet(project.root, 'migrate', '--write');
    expect(await compare()).toMatchObject({
      code: 0,
      out: 'Fewer uses than in left.txt. Lower it with --update.\n',
    });
    expect(readFileSync(join(project.root, 'left.txt'), 'utf8')).toBe(recorded);
  });

  it.each([
    ['is missing', undefined, 'there is no such file'],
    ['is of another version', '# refacet baseline 9: x\n', 'it is no baseline of this version'],
    ['is about another facade', '# refacet baseline 1: other.ts#Other\n', 'it is about other.ts#Other'],
    [
      'has a conflict in it',
      '# refacet baseline 1: facade/legacy-runner.ts#LegacyRunner\n<<<<<<< HEAD\n',
      'its line 2 cannot be read',
    ],
  ])('does not know how things stand when the baseline %s', async (_, text, why) => {
    if (text !== undefined) writeFileSync(join(project.root, 'left.txt'), text);

    const { code, out } = await refacet(project.root, 'status', '--baseline', 'left.txt');

    expect(code).toBe(3);
    expect(out).toContain(why);
  });

  it('wants to know which file --update is to write', async () => {
    expect(await refacet(project.root, 'status', '--update')).toMatchObject({ code: 2 });
  });
});

describe('refacet status --plan', () => {
  it(
    'proposes batches that compile after each step and leave nothing that could move',
    { timeout: 60_000 },
    async () => {
      const folders = [
        'forwarding-helper',
        'deps-are-destructured',
        'base-class-takes-the-runner',
        'declared-in-a-loop',
      ];
      const project = new FixtureProject(folders);
      writeFileSync(
        join(project.root, 'refacet.config.json'),
        '{ "facade": "facade/legacy-runner.ts#LegacyRunner" }',
      );
      const { batches, canMove } = JSON.parse(
        (await refacet(project.root, 'status', '--json')).out,
      ) as Status;
      const { out } = await refacet(project.root, 'status', '--plan');
      expect(canMove).toBeGreaterThan(3);
      expect(batches.length).toBeGreaterThan(2);

      for (const { paths } of batches) {
        expect(out).toContain(`refacet migrate --write ${paths.join(' ')}\n`);
        await refacet(project.root, 'migrate', '--write', ...paths);
        const { program } = openProject({ root: project.root });
        expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
      }
      const after = JSON.parse((await refacet(project.root, 'status', '--json')).out) as Status;

      project.remove();
      expect(after.canMove).toBe(0);
    },
  );
});
