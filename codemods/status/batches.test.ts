import { describe, expect, it } from 'vitest';
import type { ProjectPath } from '../engine/project-path.js';
import { proposeBatches } from './batches.js';
import type { Survey } from './survey.js';

function survey(files: readonly string[], links: readonly (readonly [string, string])[] = []): Survey {
  return {
    facade: '',
    source: '',
    remaining: files.map((path) => ({ path: path as ProjectPath, symbol: '', member: 'kill' })),
    links: links as Survey['links'],
    report: { changedFiles: files as readonly ProjectPath[] } as Survey['report'],
  };
}

const nobody = (): readonly string[] => [];

describe('proposeBatches', () => {
  it('keeps together what hands values on to each other', () => {
    const batches = proposeBatches(survey(['a/x.ts', 'b/y.ts', 'c/z.ts'], [['a/x.ts', 'c/z.ts']]), nobody);

    expect(batches.map(({ paths }) => paths)).toEqual([['a/x.ts', 'c/z.ts'], ['b/y.ts']]);
  });

  it('puts small groups of one folder together, and counts their uses', () => {
    expect(proposeBatches(survey(['a/x.ts', 'a/y.ts']), nobody)).toEqual([
      { paths: ['a/x.ts', 'a/y.ts'], owners: [], uses: 2 },
    ]);
  });

  it('gives nobody what belongs to somebody else', () => {
    const ownersOf = (path: string): readonly string[] => (path.endsWith('x.ts') ? ['@x'] : ['@y']);

    const batches = proposeBatches(survey(['a/x.ts', 'a/y.ts'], [['a/x.ts', 'a/y.ts']]), ownersOf);

    expect(batches.map(({ paths, owners }) => [...paths, ...owners])).toEqual([
      ['a/x.ts', '@x'],
      ['a/y.ts', '@y'],
    ]);
  });

  it('divides a large group by folder, and a large folder by size', () => {
    const files = Array.from(
      { length: 50 },
      (_, index) => `${index < 45 ? 'a' : 'b'}/${String(index).padStart(2, '0')}.ts`,
    );
    const links = files.slice(1).map((file, index) => [files[index] ?? '', file] as const);

    expect(proposeBatches(survey(files, links), nobody).map(({ paths }) => paths.length)).toEqual([
      20, 20, 5, 5,
    ]);
  });
});
