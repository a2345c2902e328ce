import { describe, expect, it } from 'vitest';
import { expectFailure, expectMethodNotAllowed, expectPlainNotFound, failure } from '../expectations.js';
import type { Start } from '../harness.js';
import { send } from '../raw-client.js';

/** Which paths exist, with which methods, and who is asked for a key first (section 1.5 of the HTTP contract). */
export function routingContract(start: Start): void {
  describe('a path that nobody serves', () => {
    it.each([
      '/',
      '/api',
      '/api/v1',
      '/api/v1/',
      '/api/v2/health',
      '/api/v1/nothing',
      '/api/v1/usersx',
      '/api/v1/imagesregister',
      '/API/v1/health',
      '/api/v1/HEALTH',
      '/api/v1/Users',
      '//api/v1/health',
      '/api//v1/health',
      '/api/v1//health',
      '/api/v1/run/',
      '/api/v1/health/',
      '/api/v1/health/reconcile/',
      '/api/v1/claim',
      '/api/v1/claim/',
      '/api/v1/claim/x/',
      '/api/v1/claim/x/y',
      '/api/v1/run/x',
      '/api/v1/%68ealth/x',
      '/favicon.ico',
    ])('%s answers plain 404 without asking for a key', async (path) => {
      const { port } = await start();

      for (const method of ['GET', 'POST', 'DELETE']) expectPlainNotFound(await send(port, { method, path }));
    });

    it.each([
      ['GET', '/trace'],
      ['GET', '/trace/'],
      ['GET', '/trace/x/y'],
      ['GET', '/trace/x/'],
      ['POST', '/users/nothing'],
      ['POST', '/users/create/'],
      ['GET', '/executions/x/nothing'],
      ['GET', '/executions/x/logs/'],
      ['GET', '/executions/x/status/'],
      ['DELETE', '/executions/x/'],
      ['GET', '/secrets/x/y'],
      ['PUT', '/secrets/x/'],
    ])(
      '%s %s, in a protected group, asks for a key, then for the right, then answers 404',
      async (method, path) => {
        const api = await start();

        expectFailure(
          await api.call('nobody', method, path),
          failure(401, '-', 'Unauthorized', 'API key is required'),
        );
        expectFailure(
          await api.call('viewer', method, path),
          failure(
            403,
            '-',
            'Forbidden',
            /^you do not have permission to (create|read|update|delete) this resource$/,
          ),
        );
        expectPlainNotFound(await api.call('admin', method, path));
      },
    );
  });

  describe('a method that a public path does not serve', () => {
    it.each([
      ['POST', '/health', ['GET']],
      ['HEAD', '/health', ['GET']],
      ['PATCH', '/health', ['GET']],
      ['GET', '/run', ['POST']],
      ['PUT', '/run', ['POST']],
      ['DELETE', '/run', ['POST']],
      ['HEAD', '/run', ['POST']],
      ['GET', '/health/reconcile', ['POST']],
      ['POST', '/claim/x', ['GET']],
      ['HEAD', '/claim/x', ['GET']],
    ])('%s %s answers 405 without asking for a key', async (method, path, accepted) => {
      const api = await start();

      expectMethodNotAllowed(await api.call('nobody', method, path), accepted);
    });

    it('does not claim a key when HEAD asks for it', async () => {
      const api = await start();
      const created = (await api.json('admin', 'POST', '/users/create', {
        body: { email: 'new@example.com', role: 'viewer' },
      })) as { claim_token: string };

      await api.call('nobody', 'HEAD', `/claim/${created.claim_token}`);

      expect(await api.json('nobody', 'GET', `/claim/${created.claim_token}`)).toHaveProperty('api_key');
    });
  });

  describe('a method that a protected path does not serve', () => {
    it.each([
      ['GET', '/executions/x', ['DELETE']],
      ['HEAD', '/executions', ['GET']],
      ['HEAD', '/executions/', ['GET']],
      ['POST', '/executions', ['GET']],
      ['DELETE', '/executions/', ['GET']],
      ['PUT', '/executions/x', ['DELETE']],
      ['POST', '/executions/x/logs', ['GET']],
      ['DELETE', '/executions/x/status', ['GET']],
      ['HEAD', '/executions/x/status', ['GET']],
      ['POST', '/images', ['GET', 'DELETE']],
      ['POST', '/images/x', ['GET', 'DELETE']],
      ['PUT', '/images/x/y', ['GET', 'DELETE']],
      ['PUT', '/images/register', ['GET', 'DELETE', 'POST']],
      ['POST', '/trace/x', ['GET']],
      ['DELETE', '/users', ['GET']],
      ['POST', '/users/', ['GET']],
      ['GET', '/users/create', ['POST']],
      ['DELETE', '/users/revoke', ['POST']],
      ['DELETE', '/secrets', ['GET', 'POST']],
      ['PUT', '/secrets/', ['GET', 'POST']],
      ['POST', '/secrets/x', ['GET', 'PUT', 'DELETE']],
      ['HEAD', '/secrets/x', ['GET', 'PUT', 'DELETE']],
      ['PATCH', '/secrets/x', ['GET', 'PUT', 'DELETE']],
    ])('%s %s asks for a key, then answers 405', async (method, path, accepted) => {
      const api = await start();

      const refused = await api.call('nobody', method, path);
      const answered = await api.call('admin', method, path);

      expect(refused.status).toBe(401);
      expectMethodNotAllowed(answered, accepted);
    });

    it('asks for the right before it answers 405', async () => {
      const api = await start();

      expectFailure(
        await api.call('viewer', 'DELETE', '/users'),
        failure(403, '-', 'Forbidden', 'you do not have permission to delete this resource'),
      );
      expectFailure(
        await api.call('developer', 'PATCH', '/images'),
        failure(403, '-', 'Forbidden', 'you do not have permission to read this resource'),
      );
    });
  });

  describe('a collection with a slash behind it', () => {
    it.each(['/users', '/images', '/secrets', '/executions'])('%s/ is the same list', async (path) => {
      const api = await start();

      const list = async (address: string): Promise<string> => {
        const answer = await api.json('admin', 'GET', address);
        // Nobody waits for the note of when a key was last used.
        return JSON.stringify(answer).replace(/"last_used":"[^"]*",/g, '');
      };
      expect(await list(`${path}/`)).toEqual(await list(path));
    });
  });

  it('takes GET and DELETE of /images/register for an image of that name', async () => {
    const api = await start();

    expectFailure(
      await api.call('admin', 'GET', '/images/register'),
      failure(404, 'NOT_FOUND', 'failed to get image', 'image not found: register'),
    );
    expectFailure(
      await api.call('admin', 'DELETE', '/images/register'),
      failure(400, 'INVALID_REQUEST', 'failed to remove image'),
    );
  });

  it.each(['/health?x=1', '/health?', '/health?limit=nonsense&limit'])(
    'serves GET %s whatever the query',
    async (path) => {
      const api = await start();

      expect((await api.call('nobody', 'GET', path)).status).toBe(200);
    },
  );
}
