import { describe, expect, it } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { Secret } from '../contracts/index.js';
import { resolveSecrets } from './resolve-secrets.js';

const secret = (name: string, keyName: string, value: string): Secret => ({
  name,
  keyName,
  value,
  createdBy: '',
  updatedBy: '',
  ownedBy: [],
  createdAt: new Date(0),
  updatedAt: new Date(0),
  createdByRequestId: '',
  modifiedByRequestId: '',
});

function storeOf(...known: readonly Secret[]) {
  const asked: string[] = [];
  const secrets = {
    findSecret: async (_ctx: unknown, name: string) => {
      asked.push(name);
      return known.find((one) => one.name === name);
    },
  };
  return { secrets, asked };
}

describe('the secrets of a run', () => {
  it('become variables under their key names, whatever these are called', async () => {
    const { secrets } = storeOf(secret('db', 'DSN', 'postgres://…'));

    const resolved = await resolveSecrets({ secrets }, {}, { env: { LANG: 'C' }, secrets: ['db'] });

    expect(resolved).toEqual({ env: { LANG: 'C', DSN: 'postgres://…' }, secretVarNames: ['DSN'] });
  });

  it('do not replace what the request sets itself, which is a secret all the same', async () => {
    const { secrets } = storeOf(secret('db', 'DSN', 'stored'));

    const resolved = await resolveSecrets({ secrets }, {}, { env: { DSN: 'given' }, secrets: ['db'] });

    expect(resolved).toEqual({ env: { DSN: 'given' }, secretVarNames: ['DSN'] });
  });

  it('are trimmed and read once each', async () => {
    const { secrets, asked } = storeOf(secret('db', 'DSN', 'x'));

    await resolveSecrets({ secrets }, {}, { secrets: ['db', ' db ', 'db'] });

    expect(asked).toEqual(['db']);
  });

  it('include variables whose names give them away', async () => {
    const { secrets } = storeOf();
    const env = { my_api_key: '1', GITHUB_TOKEN: '2', PasswordFile: '3', PATH: '4' };

    const { secretVarNames } = await resolveSecrets({ secrets }, {}, { env });

    expect(secretVarNames).toEqual(['my_api_key', 'GITHUB_TOKEN', 'PasswordFile']);
  });

  it('may be named like members of an object', async () => {
    const { secrets } = storeOf(secret('p', '__proto__', 'x'));

    const { env } = await resolveSecrets({ secrets }, {}, { secrets: ['p'] });

    expect(Object.entries(env)).toEqual([['__proto__', 'x']]);
  });

  it.each([
    [['db', ' '], { code: 'INVALID_REQUEST', message: 'secret names cannot be empty' }],
    [['unknown'], { code: 'INVALID_REQUEST', cause: { message: 'secret not found' } }],
    [['keyless'], { code: 'INTERNAL_ERROR', cause: { message: 'missing key name' } }],
  ])('refuse %j', async (names, expected) => {
    const { secrets } = storeOf(secret('db', 'DSN', 'x'), secret('keyless', '', 'x'));

    await expect(resolveSecrets({ secrets }, {}, { secrets: names })).rejects.toMatchObject(expected);
  });

  it('fail as a whole when one cannot be read, and say which', async () => {
    const secrets = {
      findSecret: () => Promise.reject(new AppError('INTERNAL_ERROR', 'the value cannot be read')),
    };

    await expect(resolveSecrets({ secrets }, {}, { secrets: ['db'] })).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
      cause: { message: 'get secret "db"', cause: { message: 'the value cannot be read' } },
    });
  });
});
