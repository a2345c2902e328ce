import { describe, expect, it } from 'vitest';
import { missing } from '../../src/testing/difference.js';
import { publishable } from './redact.js';

const start = (request: object) => ({ method: 'startTask' as const, args: ['me@example.com', request] });

describe('a published difference', () => {
  it('shows no variable, no command and no repository of a request, wherever they turn up', () => {
    const call = start({
      command: 'make "it"',
      env: { TOKEN: 'hush', A: 'hush-hush' },
      gitRepo: 'https://github.com/o/secret-project.git',
    });
    const expected = { a: 'make "it" hush', b: 'hush-hush', c: 'https://github.com/o/secret-project.git' };

    const shown = publishable(call, { path: 'tags.hush', expected, actual: missing });

    expect(shown).toEqual({
      path: 'tags.***',
      expected: '{"a":"*** ***","b":"***","c":"***"}',
      actual: '(not there)',
    });
  });

  it('shows no credentials of any URL', () => {
    const difference = { path: '', expected: 'https://me:pass@example.com/x', actual: undefined };

    expect(publishable({ method: 'getImage', args: [] }, difference)).toMatchObject({
      expected: 'https://***@example.com/x',
      actual: 'undefined',
    });
  });

  it.each(['fetchLogsByExecutionId', 'fetchBackendLogs'] as const)(
    'shows nothing of what %s reads',
    (method) => {
      const shown = publishable(
        { method, args: ['x'] },
        {
          path: '0.message',
          expected: 'password: 123',
          actual: [{ message: 'password: 123', timestamp: 1 }],
        },
      );

      expect(shown).toEqual({
        path: '0.message',
        expected: '(text of 13 characters)',
        actual: '(1 entries)',
      });
    },
  );

  it('cuts what is long', () => {
    const { expected } = publishable(
      { method: 'listImages', args: [] },
      { path: '', expected: 'x'.repeat(5_000), actual: 1 },
    );

    expect(expected).toHaveLength(201);
  });
});
