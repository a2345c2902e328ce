import { describe, expect, it } from 'vitest';
import { httpDivergences } from './divergences.js';

describe('the wanted differences on the wire', () => {
  it('have a name of their own each', () => {
    const ids = httpDivergences.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('say everything that a reader needs', () => {
    for (const { id, oddities, since, ...texts } of httpDivergences) {
      for (const [member, text] of Object.entries(texts)) expect(text, `${id}.${member}`).not.toBe('');
      expect(since, id).toMatch(/^\d+\.\d+\.\d+$/);
      expect(texts.test, id).toMatch(/^(test|src)\/.+\.ts$/);
      expect(new Set(oddities).size, id).toBe(oddities.length);
    }
  });

  it('repair the oddities that were decided on, each in one row', () => {
    const repaired = httpDivergences.flatMap(({ oddities }) => oddities).sort((one, other) => one - other);

    expect(repaired).toEqual([
      1, 2, 3, 4, 6, 8, 10, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 26, 27, 28, 29, 30, 32, 33, 34,
      35, 36, 37, 38,
    ]);
  });
});
