import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { queryParameter } from './query-parameter.js';

describe('a query parameter', () => {
  it.each([
    ['/p?limit=3', '3'],
    ['/p?a=1&limit=3&limit=4', '3'],
    ['/p?limit', ''],
    ['/p?limit=', ''],
    ['/p', ''],
    ['/p?', ''],
    ['/p?LIMIT=3', ''],
    ['/p?li%6Dit=%33', '3'],
    ['/p?limit=a+b%2B', 'a b+'],
    ['/p?limit=a=b', 'a=b'],
    ['/p?limit=%zz&limit=5', '5'],
    ['/p?%zz=1&limit=5', '5'],
    ['/p?limit=1;a&limit=5', '5'],
    ['/p?limit=a?b', 'a?b'],
  ])('of %s is %j', (url, expected) => {
    expect(queryParameter({ url } as unknown as IncomingMessage, 'limit')).toBe(expected);
  });
});
