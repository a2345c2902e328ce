import { describe, expect, it } from 'vitest';
import { parseJsonBody } from './read-json.js';

const fields = {
  text: 'string',
  count: 'integer',
  flag: 'boolean',
  names: 'string list',
  env: 'string map',
} as const;

describe('the fields of a body', () => {
  it.each([
    [
      '{"text":"a","count":-3,"flag":false,"names":["x"],"env":{"A":"1"}}',
      { text: 'a', count: -3, flag: false, names: ['x'], env: { A: '1' } },
    ],
    ['{"TEXT":"a","Count":1}', { text: 'a', count: 1 }],
    ['{"text":"first","TEXT":"last"}', { text: 'last' }],
    ['{"text":"kept","TEXT":null}', { text: 'kept' }],
    ['{"unknown":{"deep":[]},"":1}', {}],
    ['null', {}],
    ['{"names":["a",null],"env":{"A":null}}', { names: ['a', ''], env: { A: '' } }],
    ['{"text":"","names":[],"env":{}}', { text: '', names: [], env: {} }],
    [' \n{"text":"a"}\t', { text: 'a' }],
  ])('%s', (text, expected) => {
    expect(parseJsonBody(text, fields)).toEqual(expected);
  });

  it.each([
    '',
    ' ',
    '[]',
    '"text"',
    '1',
    '{"text":1}',
    '{"count":1.5}',
    '{"count":"1"}',
    '{"count":1e400}',
    '{"count":9007199254740993}',
    '{"flag":"true"}',
    '{"flag":1}',
    '{"names":"a"}',
    '{"names":[1]}',
    '{"names":{}}',
    '{"env":[]}',
    '{"env":{"A":1}}',
    '{"text":"a"} {}',
    '{"text":"a"}x',
    '\u{FEFF}{}',
  ])('refuse %j', (text) => {
    expect(() => parseJsonBody(text, fields)).toThrow();
  });

  it('do not reach the prototype of anything', () => {
    const body = parseJsonBody(
      '{"__proto__":{"text":"a"},"env":{"__proto__":"x","constructor":"y"}}',
      fields,
    );

    expect(Object.keys(body)).toEqual(['env']);
    expect(Object.entries(body.env ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(({} as { text?: string }).text).toBeUndefined();
  });
});
