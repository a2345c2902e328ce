import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/contracts/index.js';
import { expectFailure, failure } from '../expectations.js';
import { type Api, type Person, type Start, emailOf } from '../harness.js';

type Verb = 'create' | 'read' | 'update' | 'delete';
interface Row {
  readonly method: string;
  readonly path: string;
  /** How the refusal calls what was wanted. */
  readonly verb: Verb;
  readonly allowed: readonly Person[];
}

const everyone = ['admin', 'operator', 'developer', 'viewer', 'stranger'] as const;
const privileged = ['admin', 'operator'] as const;
const writers = ['admin', 'operator', 'developer', 'stranger'] as const;

const row = (method: string, path: string, verb: Verb, allowed: readonly Person[]): Row => ({
  method,
  path,
  verb,
  allowed,
});

/** Section 2.3 of the HTTP contract, line by line, for things that the caller does not own. */
const matrix: readonly Row[] = [
  row('GET', '/executions', 'read', everyone),
  row('GET', '/executions?limit=1', 'read', everyone),
  row('GET', '/executions/', 'read', privileged),
  row('GET', '/executions/foreign/status', 'read', privileged),
  row('GET', '/executions/foreign/logs', 'read', privileged),
  row('DELETE', '/executions/foreign', 'delete', privileged),
  row('POST', '/run', 'create', writers),
  row('GET', '/images', 'read', privileged),
  row('GET', '/images/', 'read', privileged),
  row('GET', '/images/alpine:3.18', 'read', privileged),
  row('POST', '/images/register', 'create', privileged),
  row('DELETE', '/images/alpine:3.18-ddecce05', 'delete', privileged),
  row('GET', '/secrets', 'read', privileged),
  row('GET', '/secrets/', 'read', privileged),
  row('GET', '/secrets/foreign', 'read', privileged),
  row('POST', '/secrets', 'create', writers),
  row('POST', '/secrets/', 'create', ['admin']),
  // Repaired (oddity 4): the original lets every developer write and delete every secret.
  row('PUT', '/secrets/foreign', 'update', privileged),
  row('DELETE', '/secrets/foreign', 'delete', privileged),
  row('GET', '/users/', 'read', privileged),
  row('GET', '/users', 'read', ['admin']),
  row('POST', '/users/create', 'create', ['admin']),
  row('POST', '/users/revoke', 'create', ['admin']),
  row('GET', '/trace/anything', 'read', ['admin']),
  row('POST', '/health/reconcile', 'create', privileged),
  // Nothing there, but who may know that?
  row('GET', '/executions/unknown/status', 'read', privileged),
  row('GET', '/executions/unknown/logs', 'read', privileged),
  row('DELETE', '/executions/unknown', 'delete', privileged),
  row('GET', '/secrets/unknown', 'read', privileged),
  row('PUT', '/secrets/unknown', 'update', privileged),
  row('DELETE', '/secrets/unknown', 'delete', privileged),
  row('GET', '/images/unknown/image:1', 'read', privileged),
];

const cells = matrix.flatMap((line) => everyone.map((person) => ({ ...line, person })));

/** Who may do what (sections 2.2 and 2.3 of the HTTP contract), and what owners may do beside. */
export function rolesContract(start: Start): void {
  const foreignThings = async (api: Api): Promise<void> => {
    await api.addExecution({ executionId: 'foreign' });
    await api.addSecret({ name: 'foreign' });
  };

  describe('the role matrix', () => {
    it.each(cells.filter(({ allowed, person }) => allowed.includes(person)))(
      'lets the $person $method $path',
      async ({ method, path, person }) => {
        const api = await start();
        await foreignThings(api);

        const answer = await api.call(person, method, path, { body: '{}' });

        expect([401, 403], answer.text).not.toContain(answer.status);
        expect(answer.status, answer.text).not.toBe(500);
      },
    );

    it.each(cells.filter(({ allowed, person }) => !allowed.includes(person)))(
      'refuses the $person $method $path',
      async ({ method, path, verb, person }) => {
        const api = await start();
        await foreignThings(api);

        expectFailure(
          await api.call(person, method, path, { body: '{}' }),
          failure(403, '-', 'Forbidden', `you do not have permission to ${verb} this resource`),
        );
      },
    );
  });

  describe('an owner', () => {
    it.each(['developer', 'viewer'] as const)(
      'who is a %s sees status and logs of their execution and stops it',
      async (person) => {
        const api = await start();
        await api.addExecution({ executionId: 'mine', ownedBy: [emailOf('admin'), emailOf(person)] });

        expect((await api.call(person, 'GET', '/executions/mine/status')).status).toBe(200);
        expect((await api.call(person, 'GET', '/executions/mine/logs')).status).toBe(200);
        expect((await api.call(person, 'DELETE', '/executions/mine')).status).toBe(204);
      },
    );

    it('reads, changes and deletes their secret, and nobody else of their role does', async () => {
      const api = await start();
      await api.json('developer', 'POST', '/secrets', {
        body: { name: 'mine', key_name: 'MINE', value: 'first' },
      });

      for (const [method, path] of [
        ['GET', '/secrets/mine'],
        ['PUT', '/secrets/mine'],
        ['DELETE', '/secrets/mine'],
      ] as const)
        expect((await api.call('stranger', method, path, { body: '{"value":"stolen"}' })).status).toBe(403);

      expect(await api.json('developer', 'GET', '/secrets/mine')).toMatchObject({
        secret: { value: 'first' },
      });
      await api.json('developer', 'PUT', '/secrets/mine', { body: { value: 'second' } });
      expect(await api.json('developer', 'GET', '/secrets/mine')).toMatchObject({
        secret: { value: 'second' },
      });
      await api.json('developer', 'DELETE', '/secrets/mine');
      expect((await api.call('admin', 'GET', '/secrets/mine')).status).toBe(404);
    });

    it('keeps a developer from replacing and from deleting the secret of somebody else', async () => {
      const api = await start();
      await api.addSecret({ name: 'foreign', value: 'planted' });

      for (const method of ['PUT', 'DELETE'])
        expect(
          (await api.call('developer', method, '/secrets/foreign', { body: '{"value":"x"}' })).status,
        ).toBe(403);
      expect(await api.provider.secrets.findSecret({}, 'foreign')).toMatchObject({ value: 'planted' });
    });

    it('cannot be told from others while the records do not answer', async () => {
      const api = await start();
      api.fail('executions', 'findExecution', new AppError('DATABASE_ERROR', 'the store did not answer'));

      expectFailure(
        await api.call('developer', 'GET', '/executions/mine/status'),
        failure(503, 'DATABASE_ERROR', 'Server error', 'the store did not answer'),
      );
    });

    it('has no rights on a secret that somebody else made under the same name after theirs was gone', async () => {
      const api = await start();
      await api.json('developer', 'POST', '/secrets', { body: { name: 'name', key_name: 'A', value: 'a' } });
      await api.json('developer', 'DELETE', '/secrets/name');
      await api.json('stranger', 'POST', '/secrets', { body: { name: 'name', key_name: 'B', value: 'b' } });

      expect((await api.call('developer', 'GET', '/secrets/name')).status).toBe(403);
      expect((await api.call('stranger', 'GET', '/secrets/name')).status).toBe(200);
    });

    it.each([
      ['by its ID', '/images/owner/tool:1-ID'],
      ['by reference', '/images/ghcr.io/owner/tool:1'],
      ['with an encoded slash', '/images/ghcr.io%2Fowner%2Ftool:1'],
    ])('sees their image, slashes included, %s', async (_, path) => {
      const image = 'ghcr.io/owner/tool:1';
      const api = await start({ images: [{ image, registeredBy: emailOf('developer') }] });
      const { imageId } = await api.provider.imageRegistry.getImage({}, image);
      const target = path.replace('owner/tool:1-ID', imageId);

      expect(await api.json('developer', 'GET', target)).toMatchObject({ image_id: imageId });
      expect((await api.call('stranger', 'GET', target)).status).toBe(403);
    });

    it('may not remove their image, which the repair does not name', async () => {
      const image = 'owner/tool:1';
      const api = await start({ images: [{ image, registeredBy: emailOf('developer') }] });
      const { imageId } = await api.provider.imageRegistry.getImage({}, image);

      expect((await api.call('developer', 'DELETE', `/images/${imageId}`)).status).toBe(403);
    });

    it('has no rights on lists', async () => {
      const api = await start({ images: [{ image: 'tool:1', registeredBy: emailOf('developer') }] });
      await api.json('developer', 'POST', '/secrets', { body: { name: 'mine', key_name: 'A', value: 'a' } });

      for (const path of ['/secrets', '/images', '/executions/', '/users', '/users/'])
        expect((await api.call('developer', 'GET', path)).status).toBe(403);
    });

    it('is not mistaken for one because the path around the name looks like theirs', async () => {
      const api = await start();
      await api.addExecution({ executionId: 'mine', ownedBy: [emailOf('developer')] });
      await api.addExecution({ executionId: 'foreign' });

      for (const path of [
        '/executions/mine%2F..%2Fforeign/status',
        '/executions/foreign%2F..%2Fmine/status',
        '/executions/mine/../foreign/status',
        '/executions/mine%00/status',
        '/executions/MINE/status',
      ])
        expect([403, 404], path).toContain((await api.call('developer', 'GET', path)).status);
    });
  });

  it('grants a user who is created the rights of their role, at once', async () => {
    const api = await start();
    for (const [role, allowed] of [
      ['operator', 200],
      ['developer', 403],
    ] as const) {
      const { claim_token } = (await api.json('admin', 'POST', '/users/create', {
        body: { email: `new-${role}@example.com`, role, api_key: `key-${role}` },
      })) as { claim_token: string };
      await api.json('nobody', 'GET', `/claim/${claim_token}`);

      const answer = await api.call('nobody', 'GET', '/images', { headers: { 'X-API-Key': `key-${role}` } });

      expect(answer.status).toBe(allowed);
    }
  });

  it('lets a developer do all that `run` of the command line does', async () => {
    const api = await start();
    const { execution_id: id } = (await api.json('developer', 'POST', '/run', {
      body: { command: 'true' },
    })) as { execution_id: string };

    expect((await api.call('developer', 'GET', `/executions/${id}/status`)).status).toBe(200);
    expect([200, 503]).toContain((await api.call('developer', 'GET', `/executions/${id}/logs`)).status);
    expect((await api.call('stranger', 'GET', `/executions/${id}/status`)).status).toBe(403);
    expect([200, 204]).toContain((await api.call('developer', 'DELETE', `/executions/${id}`)).status);
  });
}
