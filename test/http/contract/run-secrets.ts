import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/contracts/index.js';
import { expectFailure, failure } from '../expectations.js';
import { type Start } from '../harness.js';
import { startNoting } from '../start-noting.js';

const running = 'failed to run command';

/** Secrets and variables of a run (section 3.4 of the HTTP contract). */
export function runSecretsContract(start: Start): void {
  describe('secrets', () => {
    it('become variables under their key names, trimmed and once each', async () => {
      const { api, tasks } = await startNoting(start);
      await api.addSecret({ name: 'one', keyName: 'ONE', value: '1' });
      await api.addSecret({ name: 'two', keyName: 'TWO', value: '2' });

      await api.json('developer', 'POST', '/run', {
        body: { command: 'true', secrets: ['one', ' two ', 'one'], env: { OTHER: 'x' } },
      });

      expect(tasks[0]?.env).toEqual({ ONE: '1', TWO: '2', OTHER: 'x' });
      expect(new Set(tasks[0]?.secretVarNames)).toEqual(new Set(['ONE', 'TWO']));
    });

    it('give way to a variable of the request', async () => {
      const { api, tasks } = await startNoting(start);
      await api.addSecret({ name: 'one', keyName: 'ONE', value: 'from-the-secret' });

      await api.json('developer', 'POST', '/run', {
        body: { command: 'true', secrets: ['one'], env: { ONE: 'from-the-request' } },
      });

      expect(tasks[0]?.env).toEqual({ ONE: 'from-the-request' });
    });

    it('are also variables whose names say so', async () => {
      const { api, tasks } = await startNoting(start);
      const telling = [
        'MY_ACCESS_KEY',
        'api_key',
        'x_Api_Secret_y',
        'GITHUB_SECRET',
        'GITHUB_TOKEN',
        'password1',
        'PRIVATE_KEY',
        'SECRET_KEY',
        'nosecrets',
        'TOKENS',
      ];
      const env = Object.fromEntries(
        [...telling, 'KEY', 'PASS', 'ACCESS', 'HOME'].map((name) => [name, 'x']),
      );

      await api.json('developer', 'POST', '/run', { body: { command: 'true', env } });

      expect(new Set(tasks[0]?.secretVarNames)).toEqual(new Set(telling));
    });

    it.each([
      [
        'a blank name',
        ['one', ' '],
        failure(400, 'INVALID_REQUEST', running, 'secret names cannot be empty'),
      ],
      ['an empty name', [''], failure(400, 'INVALID_REQUEST', running, 'secret names cannot be empty')],
      ['an unknown name', ['one', 'unknown'], failure(400, 'INVALID_REQUEST', running, 'secret not found')],
    ])('with %s are refused', async (_, secrets, expected) => {
      const { api, tasks } = await startNoting(start);
      await api.addSecret({ name: 'one', keyName: 'ONE', value: '1' });

      expectFailure(
        await api.call('developer', 'POST', '/run', { body: { command: 'true', secrets } }),
        expected,
      );
      expect(tasks).toEqual([]);
    });

    it('that cannot be fetched are an error, never an empty variable', async () => {
      const { api, tasks } = await startNoting(start);
      await api.addSecret({ name: 'one', keyName: 'ONE', value: '1' });
      api.fail('secrets', 'findSecret', new AppError('INTERNAL_ERROR', 'the value cannot be read'));

      expectFailure(
        await api.call('developer', 'POST', '/run', { body: { command: 'true', secrets: ['one'] } }),
        failure(500, 'INTERNAL_ERROR', running, /^get secret "one"|^the value cannot be read$/),
      );
      expect(tasks).toEqual([]);
    });

    it('without a key name are an error', async () => {
      const { api, tasks } = await startNoting(start);
      await api.addSecret({ name: 'one', keyName: '', value: '1' });

      expectFailure(
        await api.call('developer', 'POST', '/run', { body: { command: 'true', secrets: ['one'] } }),
        failure(500, 'INTERNAL_ERROR', running, 'missing key name'),
      );
      expect(tasks).toEqual([]);
    });
  });
}
