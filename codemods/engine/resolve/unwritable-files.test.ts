import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unwritableReason } from './unwritable-files.js';

describe('a file that is never written', () => {
  let folder: string;
  let root: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'refacet-unwritable-'));
    root = join(folder, 'project');
    mkdirSync(join(root, 'src'), { recursive: true });
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other/jobs.ts'), '');
    writeFileSync(join(root, 'src/jobs.ts'), '');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const reasonOf = (path: string, text = '', from = root): string | undefined =>
    unwritableReason(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022), from);

  it('is one beside the root', () => {
    expect(reasonOf(join(folder, 'other/jobs.ts'))).toBe('outside-the-project');
    expect(reasonOf(join(root, 'src/jobs.ts'))).toBeUndefined();
  });

  it('is one that a link in the root leads to', () => {
    symlinkSync(join(folder, 'other'), join(root, 'src/linked'));

    expect(reasonOf(join(root, 'src/linked/jobs.ts'))).toBe('outside-the-project');
  });

  it('is none because the root itself is behind a link', () => {
    const link = join(folder, 'link');
    symlinkSync(root, link);

    expect(reasonOf(join(link, 'src/jobs.ts'), '', link)).toBeUndefined();
    expect(reasonOf(join(root, 'src/jobs.ts'), '', link)).toBeUndefined();
  });

  it('is one that was installed, generated or is not type-checked', () => {
    expect(reasonOf(join(root, 'node_modules/jobs/index.ts'))).toBe('outside-the-project');
    expect(reasonOf(join(root, 'src/client.ts'), '// @generated\n')).toBe('generated-file');
    expect(reasonOf(join(root, 'src/jobs.d.ts'))).toBe('generated-file');
    expect(reasonOf(join(root, 'src/jobs.js'))).toBe('unchecked-javascript');
    expect(reasonOf(join(root, 'src/jobs.js'), '// @ts-check\n')).toBeUndefined();
  });
});
