import { describe, expect, it } from 'vitest';

import {
  parseInteger,
  readFlag,
  readInteger,
  readList,
  readOptionalText,
  readSomeText,
  readText,
} from './read-attribute.js';

const absent = [undefined, { NULL: true }] as const;

describe('an integer', () => {
  it.each([
    ['0', 0n],
    ['-7', -7n],
    ['+7', 7n],
    ['0012', 12n],
    ['9223372036854775807', 2n ** 63n - 1n],
    ['-9223372036854775808', -(2n ** 63n)],
  ])('is read from %s', (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });

  it.each(['', ' 1', '1 ', '1.0', '1e3', '0x1', '--1', '+-1', 'x1', '1x'])(
    'is not read from "%s"',
    (text) => {
      expect(() => parseInteger(text)).toThrow(`parsing ${JSON.stringify(text)}: invalid syntax`);
    },
  );

  it.each(['9223372036854775808', '-9223372036854775809'])('has 64 bits, which %s has not', (text) => {
    expect(() => parseInteger(text)).toThrow(`parsing "${text}": value out of range`);
  });

  it('is 0 where an attribute is absent, and nothing else than a number is one', () => {
    for (const attribute of absent) expect(readInteger(attribute)).toBe(0n);
    expect(readInteger({ N: '5' })).toBe(5n);
    expect(() => readInteger({ S: '5' })).toThrow('cannot unmarshal attribute into an integer');
  });
});

describe('a text', () => {
  it('may be a number', () => {
    expect(readText({ S: 'a' })).toBe('a');
    expect(readText({ N: '5' })).toBe('5');
  });

  it('is empty where an attribute is absent, or missing to those who ask', () => {
    for (const attribute of absent) {
      expect(readText(attribute)).toBe('');
      expect(readOptionalText(attribute)).toBeUndefined();
    }
    expect(readOptionalText({ S: '' })).toBe('');
  });

  it('is nothing else', () => {
    expect(() => readText({ BOOL: true })).toThrow('cannot unmarshal attribute into a string');
    expect(() => readOptionalText({ NULL: false as true })).toThrow('cannot unmarshal');
  });

  it('that has to be there is named where it is not', () => {
    expect(readSomeText({ a: { S: 'x' } }, 'a')).toBe('x');
    expect(() => readSomeText({ a: { S: '' } }, 'a')).toThrow('a is missing');
  });
});

describe('a yes or no', () => {
  it('is no where an attribute is absent', () => {
    for (const attribute of absent) expect(readFlag(attribute)).toBe(false);
    expect(readFlag({ BOOL: true })).toBe(true);
    expect(readFlag({ BOOL: false })).toBe(false);
  });

  it('is nothing else', () => {
    expect(() => readFlag({ S: 'true' })).toThrow('cannot unmarshal attribute into a yes or no');
  });
});

describe('a list', () => {
  it('may be a list of texts, or a set', () => {
    expect(readList({ L: [{ S: 'a' }, { N: '1' }, { NULL: true }] })).toEqual(['a', '1', '']);
    expect(readList({ SS: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(readList({ NS: ['1'] })).toEqual(['1']);
  });

  it('is empty where an attribute is absent', () => {
    for (const attribute of absent) expect(readList(attribute)).toEqual([]);
  });

  it('is nothing else', () => {
    expect(() => readList({ S: 'a' })).toThrow('cannot unmarshal attribute into a list of strings');
    expect(() => readList({ L: [{ BOOL: true }] })).toThrow('cannot unmarshal attribute into a string');
  });
});
