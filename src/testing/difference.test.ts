import { describe, expect, it } from 'vitest';
import { firstDifference, missing } from './difference.js';

class Parsed {
  constructor(readonly text: string) {}
}

describe('firstDifference', () => {
  it.each([
    [
      'equal values in another order of keys',
      { a: 1, b: [1, { c: new Date(5) }] },
      { b: [1, { c: new Date(5) }], a: 1 },
    ],
    ['not-a-number', [Number.NaN], [Number.NaN]],
    ['maps and sets', new Map([['a', new Set([1])]]), new Map([['a', new Set([1])]])],
    ['bytes', new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  ])('finds none between %s', (_name, one, other) => {
    expect(firstDifference(one, other)).toBeUndefined();
  });

  it.each([
    ['a missing member and undefined', { a: { b: undefined } }, { a: {} }, 'a.b'],
    ['undefined and a missing member', { a: {} }, { a: { b: undefined } }, 'a.b'],
    ['a date and its text', [new Date(0)], ['1970-01-01T00:00:00.000Z'], '0'],
    ['two instants', [new Date(0)], [new Date(1)], '0'],
    ['an object and an instance', { text: 'a' }, new Parsed('a'), ''],
    ['null and undefined', [null], [undefined], '0'],
    ['0 and -0', [0], [-0], '0'],
    ['a longer list', [1], [1, 2], '1'],
    ['a list and an object with its keys', ['a'], { 0: 'a' }, ''],
    ['the order of a list', [1, 2], [2, 1], '0'],
    ['bytes', new Uint8Array([1, 2]), new Uint8Array([1, 3]), '1'],
  ])('tells %s apart', (_name, one, other, path) => {
    expect(firstDifference(one, other)?.path).toBe(path);
  });

  it('shows what is on either side, and what is not there', () => {
    expect(firstDifference({ a: 1 }, {})).toEqual({ path: 'a', expected: 1, actual: missing });
  });
});
