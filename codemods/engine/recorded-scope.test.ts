import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { joinScopes, readRecordedScope, scopeFileName, scopeFileOf } from './recorded-scope.js';
import { undoWrite } from './writing/undo-write.js';
import { writeFiles } from './writing/write-files.js';

describe('the recorded scope', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'refacet-scope-'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const record = (...given: string[]): void => {
    const file = scopeFileOf(root, given);
    if (file !== undefined) writeFiles(root, [file]);
  };

  it('grows with each run, and holds no path inside another one', () => {
    record('src/jobs/stop.ts');
    record('./src/images/');
    record('src/jobs');

    expect(readRecordedScope(root)).toEqual(['src/images', 'src/jobs']);
  });

  it('is undone with the run that wrote it', () => {
    record('src/jobs');
    const before = readFileSync(join(root, scopeFileName), 'utf8');
    record('src/images');

    undoWrite(root);

    expect(readFileSync(join(root, scopeFileName), 'utf8')).toBe(before);
  });

  it('is removed again when the first run is undone', () => {
    record('src/jobs');

    undoWrite(root);

    expect(existsSync(join(root, scopeFileName))).toBe(false);
  });

  it('is not begun by a run over everything, and ended by one', () => {
    record();
    expect(existsSync(join(root, scopeFileName))).toBe(false);

    record('src/jobs');
    record();
    expect(readRecordedScope(root)).toEqual(['.']);
  });

  it('says what is wrong with a file that it cannot read', () => {
    writeFileSync(join(root, scopeFileName), '["src"]');

    expect(() => readRecordedScope(root)).toThrow('is no list of migrated paths');
  });

  it('is joined with what is given, and nothing given is everything', () => {
    expect(joinScopes(['src/a'], ['src/b', 'src/a/one.ts'])).toEqual(['src/a', 'src/b']);
    expect(joinScopes(['src/a'], [])).toEqual([]);
  });
});
