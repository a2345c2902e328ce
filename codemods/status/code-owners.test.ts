import { describe, expect, it } from 'vitest';
import { parseCodeOwners } from './code-owners.js';

describe('parseCodeOwners', () => {
  it('lets the last line that matches decide', () => {
    const ownersOf = parseCodeOwners('* @all\n*.ts @types # and nobody else\nsrc/api/ @api @web\n');

    expect(ownersOf('readme.md')).toEqual(['@all']);
    expect(ownersOf('src/jobs.ts')).toEqual(['@types']);
    expect(ownersOf('src/api/routes.ts')).toEqual(['@api', '@web']);
  });

  it('takes ownership away where a line names nobody', () => {
    expect(parseCodeOwners('* @all\n/generated/\n')('generated/client.ts')).toEqual([]);
  });

  it.each([
    ['/build/', 'build/a.ts', true],
    ['/build/', 'src/build/a.ts', false],
    ['build/', 'src/build/a.ts', true],
    ['docs/*', 'docs/a.md', true],
    ['docs/*', 'docs/deep/a.md', false],
    ['apps', 'apps/web/a.ts', true],
    ['**/logs', 'deep/er/logs/a.ts', true],
    ['src/**/test.ts', 'src/a/b/test.ts', true],
    ['src/**', 'src/a/b.ts', true],
    ['*.js', 'deep/a.js', true],
    ['*.js', 'deep/a.jsx', false],
    ['with\\ space/', 'with space/a.ts', true],
  ])('matches %s with %s: %s', (pattern, path, isMatch) => {
    expect(parseCodeOwners(`${pattern} @team\n`)(path)).toEqual(isMatch ? ['@team'] : []);
  });

  it('passes over comments, empty lines and headings of sections', () => {
    expect(parseCodeOwners('# all\n\n[Backend] @x\n^[Docs]\n')('a.ts')).toEqual([]);
  });
});
