import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatFiles } from '../../codemods/engine/format-files.js';
import { readFormatterSettings } from '../../codemods/engine/formatter-settings.js';
import type { RewrittenFile } from '../../codemods/engine/rewrite/rewrite.js';
import { fixtureNames, readFixture } from './fixture.js';
import { projectRoot } from './in-memory-project.js';

const root = join(import.meta.dirname, '../..');

/** What fixtures expect of the files that they change, as if they stood in this project. */
const rewritten = fixtureNames()
  .map(readFixture)
  .flatMap(({ name, before, after }) =>
    [...after].flatMap(([path, text]): readonly RewrittenFile[] => {
      const old = before.get(path);
      return old === undefined || old === text || !/\.tsx?$/.test(path)
        ? []
        : [{ path: join(root, name, path.slice(projectRoot.length)), before: old, after: text, placed: [] }];
    }),
  );

describe('a file that was formatted', () => {
  let formatted: readonly RewrittenFile[];
  let options: Awaited<ReturnType<typeof resolveConfig>>;
  const isFormatted = async (path: string, text: string): Promise<boolean> =>
    (await format(text, { ...options, filepath: path })) === text;

  beforeAll(async () => {
    options = await resolveConfig(join(root, 'index.ts'));
    const known = await Promise.all(rewritten.map(({ path, before }) => isFormatted(path, before)));
    formatted = rewritten.filter((_file, index) => known[index]);
  }, 120_000);

  it('needs its formatter in few cases only', async () => {
    const fine = await Promise.all(formatted.map(({ path, after }) => isFormatted(path, after)));

    expect(formatted.length).toBeGreaterThan(200);
    expect(fine.filter(Boolean).length / formatted.length).toBeGreaterThan(0.85);
  }, 120_000);

  it('is formatted after the migration', async () => {
    const files = await formatFiles(root, formatted);

    const wrong = await Promise.all(
      files.map(async ({ path, after }) => ((await isFormatted(path, after)) ? [] : [path])),
    );
    expect(wrong.flat()).toEqual([]);
  }, 120_000);
});

describe('a formatter that cannot be asked', () => {
  let folder: string;
  const file: RewrittenFile = { path: '', before: 'f( 1 );\n', after: 'g( 1 );\n', placed: [] };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'refacet-formatter-'));
    const prettier = join(folder, 'node_modules/prettier');
    mkdirSync(prettier, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(join(prettier, 'package.json'), '{ "name": "prettier", "main": "index.cjs" }');
    writeFileSync(
      join(prettier, 'index.cjs'),
      "const fail = async () => { throw new Error('no such plugin'); };\nmodule.exports = { resolveConfig: fail, format: fail };\n",
    );
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('leaves every file as it was written', async () => {
    const given = { ...file, path: join(folder, 'a.ts') };

    expect(await formatFiles(folder, [given])).toEqual([given]);
    expect(await readFormatterSettings(folder)).toEqual({ width: undefined, commas: undefined });
  });
});
