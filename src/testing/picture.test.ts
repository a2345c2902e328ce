import { describe, expect, it } from 'vitest';
import { picture } from './picture.js';

class Refused extends Error {
  override readonly name = 'Refused';
  readonly code = 'REFUSED';
  readonly status = 403;
}

describe('picture', () => {
  it('is out of reach of later changes', () => {
    const input = { tags: ['a'], at: new Date(5), seen: new Map([['a', { n: 1 }]]) };

    const before = picture(input);
    input.tags.push('b');
    input.at.setTime(6);
    input.seen.set('b', { n: 2 });

    expect(before).toEqual({ tags: ['a'], at: new Date(5), seen: new Map([['a', { n: 1 }]]) });
  });

  it('shows an error with its whole chain of causes', () => {
    const root = new TypeError('no such thing');
    const error = new Error('outer', { cause: new Refused('inner', { cause: root }) });

    expect(picture({ error })).toEqual({
      error: {
        class: 'Error',
        name: 'Error',
        message: 'outer',
        code: undefined,
        status: undefined,
        cause: {
          class: 'Refused',
          name: 'Refused',
          message: 'inner',
          code: 'REFUSED',
          status: 403,
          cause: {
            class: 'TypeError',
            name: 'TypeError',
            message: 'no such thing',
            code: undefined,
            status: undefined,
          },
        },
      },
    });
  });

  it('tells an error without a cause from one whose cause is undefined', () => {
    expect(picture(new Error('a'))).not.toHaveProperty('cause');
    expect(picture(new Error('a', { cause: undefined }))).toHaveProperty('cause', undefined);
  });

  it('ends with chains and objects that contain themselves', () => {
    const error = new Error('again');
    error.cause = error;
    const ring: { self?: unknown } = {};
    ring.self = ring;

    expect(JSON.stringify(picture(error))).toContain('(chain cut)');
    expect(picture(ring)).toEqual(ring);
  });
});
