import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { expectFailure, failure } from '../expectations.js';
import { type Api, type Start, keyOf } from '../harness.js';
import { badlyEncodedSegments, hostileBodies, hostileSegments, parameterRoutes } from '../hostile-input.js';
import { send, sendBytes } from '../raw-client.js';

/** What must not change however strange a request is. */
async function stateOf(api: Api): Promise<unknown> {
  const { users, secrets, executions, imageRegistry } = api.provider;
  return {
    // When a key was last used is meant to change.
    users: (await users.listUsers({})).map((user) => ({ ...user, lastUsed: undefined })),
    secrets: await secrets.listSecrets({}),
    executions: await collect(executions.listExecutions({})),
    images: await imageRegistry.listImages({}),
  };
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** Input that no honest client sends. */
export function hostileContract(start: Start): void {
  describe.each(parameterRoutes.map(([method, path]) => ({ method, path, shown: path('…') })))(
    '$method $shown',
    ({ method, path }) => {
      it('answers hostile names as it answers unknown ones, and nothing changes', async () => {
        const api = await start();
        await api.addSecret({ name: 'planted' });
        await api.addExecution({ executionId: 'planted', status: 'SUCCEEDED' });
        const before = await stateOf(api);

        for (const segment of hostileSegments) {
          const answer = await api.call('admin', method, path(segment), {
            body: method === 'PUT' ? '{}' : undefined,
          });
          expect([200, 204, 400, 404, 405], `${segment.slice(0, 60)}: ${answer.text}`).toContain(
            answer.status,
          );
          if (answer.status === 200) expect(method).toBe('GET');
          expect(answer.headers).not.toHaveProperty('x-injected');
        }

        expect(await stateOf(api)).toEqual(before);
      });

      it('answers 400 to bad percent-encoding, before any key is asked for', async () => {
        const api = await start();
        const refused = failure(
          400,
          '-',
          'invalid request path',
          'the path has a malformed percent-encoding',
        );

        for (const segment of badlyEncodedSegments) {
          if (path(segment).includes('?')) {
            // What a query holds is no business of the path.
            expect([200, 400]).toContain((await api.call('admin', method, path(segment))).status);
          } else {
            expectFailure(await api.call('admin', method, path(segment)), refused);
            expectFailure(await api.call('nobody', method, path(segment)), refused);
          }
        }
      });
    },
  );

  it.each(hostileBodies.map(([method, path, body]) => ({ method, path, body, shown: body.slice(0, 60) })))(
    '$method $path refuses $shown',
    async ({ method, path, body }) => {
      const api = await start();
      const before = await stateOf(api);
      const began = performance.now();

      const answer = await api.call('admin', method, path, { body });

      expect([400, 404], answer.text.slice(0, 300)).toContain(answer.status);
      expect(performance.now() - began, 'no input makes the server think for long').toBeLessThan(3_000);
      expect(await stateOf(api)).toEqual(before);
      expect(({} as Record<string, unknown>)['command']).toBeUndefined();
    },
  );

  it('passes variables on that are named like what every object has', async () => {
    const api = await start();

    await api.json('admin', 'POST', '/run', {
      body: '{"command":"true","env":{"__proto__":"a","constructor":"b","toString":"c","A":"d"}}',
    });

    const [, , request] = api.calls('taskExecutor', 'startTask')[0] as [unknown, unknown, { env: object }];
    expect(Object.entries(request.env).sort()).toEqual([
      ['A', 'd'],
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['toString', 'c'],
    ]);
  });

  it('knows no secret, no user and no image that every object has', async () => {
    const api = await start();

    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect((await api.call('admin', 'GET', `/secrets/${name}`)).status).toBe(404);
      expect((await api.call('admin', 'GET', `/images/${name}`)).status).toBe(404);
      expect((await api.call('admin', 'GET', `/claim/${name}`)).status).toBe(404);
      expect((await api.call('nobody', 'GET', '/users', { headers: { 'X-API-Key': name } })).status).toBe(
        401,
      );
    }
  });

  describe('bytes that are no HTTP', () => {
    it.each([
      ['a raw NUL in the path', 'GET /api/v1/claim/\u0000 HTTP/1.1\r\nHost: x\r\n\r\n', /^HTTP\/1\.1 400 /],
      [
        'a raw NUL in a header',
        'GET /api/v1/health HTTP/1.1\r\nHost: x\r\nX-API-Key: a\u0000b\r\n\r\n',
        /^HTTP\/1\.1 400 /,
      ],
      [
        'headers of 100 kB',
        `GET /api/v1/health HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`,
        /^HTTP\/1\.1 431 /,
      ],
      ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000\r\n\r\n', /^HTTP\/1\.1 400 /],
      [
        'two lengths',
        'POST /api/v1/run HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
        /^HTTP\/1\.1 400 /,
      ],
      [
        'a length and chunks',
        'POST /api/v1/run HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
        /^HTTP\/1\.1 400 /,
      ],
    ])('%s are refused, and the server goes on', async (_, bytes, expected) => {
      const api = await start();

      expect(await sendBytes(api.port, bytes)).toMatch(expected);
      expect((await api.call('nobody', 'GET', '/health')).status).toBe(200);
    });

    it('an address with a host in it is answered like its path, or refused', async () => {
      const api = await start();

      const answer = await sendBytes(
        api.port,
        'GET http://elsewhere.example/api/v1/health HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n',
      );

      expect(answer).toMatch(/^HTTP\/1\.1 (200|400|404) /);
    });

    it('a client that hangs up in the middle of its body harms nobody', async () => {
      const api = await start();

      await new Promise<void>((resolve) => {
        const socket = connect(api.port, '127.0.0.1', () => {
          socket.write(
            `POST /api/v1/run HTTP/1.1\r\nHost: x\r\nX-API-Key: ${keyOf('admin')}\r\nContent-Length: 100\r\n\r\n{"com`,
            () => {
              socket.destroy();
              resolve();
            },
          );
        });
      });

      expect((await api.call('nobody', 'GET', '/health')).status).toBe(200);
      expect(api.calls('taskExecutor', 'startTask')).toEqual([]);
    });
  });

  it.each([
    { 'Content-Encoding': 'gzip' },
    { 'X-HTTP-Method-Override': 'DELETE' },
    { 'X-Original-URL': '/api/v1/users' },
    { 'Accept-Encoding': 'br' },
    { Accept: 'text/html' },
    { 'If-None-Match': '*' },
    { Range: 'bytes=0-1' },
    { Cookie: 'a=b' },
  ])('no other header matters: %j', async (headers) => {
    const api = await start();

    const answer = await api.call('admin', 'POST', '/secrets', {
      body: { name: 'n', key_name: 'N', value: 'v' },
      headers,
    });

    expect(answer.status, answer.text).toBe(201);
  });

  it('the log holds no key, no token and no value of what was sent', async () => {
    const api = await start();
    const { claim_token: token } = (await api.json('admin', 'POST', '/users/create', {
      body: { email: 'new@example.com', role: 'viewer', api_key: 'planted-chosen-key' },
    })) as { claim_token: string };
    await api.json('nobody', 'GET', `/claim/${token}`);
    await api.json('admin', 'POST', '/secrets', {
      body: { name: 'n', key_name: 'N', value: 'planted-secret-value' },
    });
    await api.json('admin', 'POST', '/run', {
      body: {
        command: 'echo planted-command',
        env: { A: 'planted-variable' },
        secrets: ['n'],
        git_repo: 'https://user:planted-password@example.com/r.git',
      },
    });
    await api.call('admin', 'POST', '/run', { body: '{"command":"planted-broken' });
    await api.call('nobody', 'GET', '/users', { headers: { 'X-API-Key': 'planted-wrong-key' } });
    await api.call('admin', 'GET', '/executions?api_key=planted-query');
    await api.call('nobody', 'GET', '/claim/planted-unknown-token');

    const log = api.logText();
    expect(log).not.toContain('planted-');
    expect(log).not.toContain(token);
    expect(log).not.toContain(keyOf('admin'));
    expect(log.length, 'requests are logged at all').toBeGreaterThan(0);
  });

  it('answers requests that come together on one connection in their order', async () => {
    const api = await start();
    const one = 'GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n';
    const last = 'GET /api/v1/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

    const answer = await sendBytes(api.port, one + one + last);

    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 404']);
  });

  it('answers a path of 8 kB without a key', async () => {
    const api = await start();

    expect((await send(api.port, { method: 'GET', path: `/${'a'.repeat(8_000)}` })).status).toBe(404);
  });
}
