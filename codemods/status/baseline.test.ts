import { describe, expect, it } from 'vitest';
import type { ProjectPath } from '../engine/project-path.js';
import { compareWithBaseline, printBaseline } from './baseline.js';

const facade = 'facade.ts#Facade';

function survey(...uses: readonly string[]): Parameters<typeof printBaseline>[0] {
  const remaining = uses.map((use) => {
    const [path = '', symbol = '', member = ''] = use.split(' ');
    return { path: path as ProjectPath, symbol, member };
  });
  return { facade, remaining };
}

describe('a baseline', () => {
  it('is one sorted line per file, symbol and member', () => {
    expect(printBaseline(survey('b.ts Jobs.stop kill', 'a.ts (module) kill', 'b.ts Jobs.stop kill'))).toBe(
      '# refacet baseline 1: facade.ts#Facade\na.ts\t(module)\tkill\t1\nb.ts\tJobs.stop\tkill\t2\n',
    );
  });

  it('is the same as what it was printed from, with either line end', () => {
    const uses = survey('b.ts Jobs.stop kill', 'a.ts (module) kill');

    expect(compareWithBaseline(uses, printBaseline(uses))).toEqual({ kind: 'same' });
    expect(compareWithBaseline(uses, printBaseline(uses).replaceAll('\n', '\r\n'))).toEqual({ kind: 'same' });
  });

  it('is worse when a member is used more often, and names the place', () => {
    const before = printBaseline(survey('a.ts A.x kill', 'a.ts A.x start'));

    expect(compareWithBaseline(survey('a.ts A.x kill', 'b.ts B.y kill'), before)).toEqual({
      kind: 'worse',
      changes: [{ place: 'b.ts\tB.y\tkill', before: 0, now: 1 }],
    });
  });

  it('is no worse when code was moved or renamed', () => {
    const before = printBaseline(survey('a.ts A.x kill'));

    expect(compareWithBaseline(survey('b.ts B.y kill'), before).kind).toBe('moved');
  });

  it('is better when something is gone', () => {
    const before = printBaseline(survey('a.ts A.x kill', 'a.ts A.x start'));

    expect(compareWithBaseline(survey('a.ts A.x kill'), before).kind).toBe('better');
  });
});
