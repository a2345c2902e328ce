import type { Request } from 'express';
import { describe, expect, it } from 'vitest';
import { imageParameter } from './image-parameter.js';
import { pathParameter } from './path-parameter.js';

const request = (params: Record<string, string>): Request => ({ params }) as unknown as Request;

describe('the image of a path', () => {
  it.each([
    ['a/b:c', 'a/b:c'],
    ['a%2Fb:c', 'a/b:c'],
    ['/a/b', 'a/b'],
    [' a ', 'a'],
    ['%20a', 'a'],
    ['100%', '100%'],
    ['100%zz', '100%zz'],
    ['a@sha256:b', 'a@sha256:b'],
  ])('%j is %j', (image, expected) => {
    expect(imageParameter(request({ image }))).toBe(expected);
  });

  it.each(['', ' ', '/', '%20'])('%j is none', (image) => {
    expect(() => imageParameter(request({ image }))).toThrow('invalid image');
  });
});

describe('another parameter of a path', () => {
  it('is trimmed and not decoded again', () => {
    expect(pathParameter(request({ name: ' a%20b ' }), 'name')).toBe('a%20b');
  });

  it.each([{ name: ' ' }, { name: '' }, {}])('is required: %j', (params) => {
    expect(() => pathParameter(request(params as Record<string, string>), 'name')).toThrow('invalid name');
  });
});
