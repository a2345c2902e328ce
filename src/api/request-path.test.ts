import { describe, expect, it } from 'vitest';
import { readRequestPath } from './request-path.js';

describe('the path of a request', () => {
  it.each([
    ['/a%20b?c=%zz', '/a b', '/a b'],
    ['/a%2Fb/c%20d', '/a%2Fb/c%20d', '/a/b/c d'],
    ['/a%2fb', '/a%2fb', '/a/b'],
    ['/a%252Fb', '/a%2Fb', '/a%2Fb'],
    ['/a#b', '/a', '/a'],
    ['http://example.com/a?b', '/a', '/a'],
    ['http://example.com', '', ''],
    ['//a//b/', '//a//b/', '//a//b/'],
    ['*', '*', '*'],
  ])('%s is %s for the routes and %s for the roles', (target, routing, decoded) => {
    expect(readRequestPath(target)).toEqual({ routing, decoded });
  });

  it.each(['/%', '/%zz', '/%E0%A4%A', '/%2F%'])('%s is refused', (target) => {
    expect(() => readRequestPath(target)).toThrow('invalid request path');
  });
});
