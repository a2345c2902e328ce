import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { RequestContext, Role, User } from '../contracts/index.js';
import { hashApiKey } from '../orchestrator/api-key.js';
import { createAuthorizer } from '../orchestrator/authorize.js';
import { createApp } from './app.js';
import { createLastUsedRecorder } from './last-used.js';
import { readJson } from './read-json.js';
import { requestContext } from './request-context.js';
import type { Route } from './route.js';
import { sendJson } from './send-json.js';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const roles: readonly Role[] = ['admin', 'operator', 'developer', 'viewer'];
const users = roles.map((role): User => ({
  email: `${role}@example.com`,
  role,
  apiKeyHash: hashApiKey(`${role}-key`),
  createdAt: new Date(0),
  revoked: false,
  createdByRequestId: '',
  modifiedByRequestId: '',
}));

users.push({ ...(users[3] as User), email: 'umlaut@example.com', apiKeyHash: hashApiKey('schlüssel') });

/** Starts an application with a handful of routes and resolves to what tests do with it. */
async function start(
  options: {
    readonly handler?: Route['handler'];
    readonly requestTimeoutMs?: number;
    readonly recordLastUsed?: () => Promise<void>;
    readonly origins?: readonly string[];
  } = {},
) {
  const handler: Route['handler'] =
    options.handler ?? (async (asked, response) => sendJson(response, 200, { params: asked.params }));
  const routes = (
    [
      ['GET', '/health', 'public'],
      ['GET', '/claim/:token', 'public'],
      ['POST', '/run', 'create'],
      ['GET', '/executions', 'read'],
      ['DELETE', '/executions/:executionID', 'delete'],
      ['GET', '/executions/:executionID/status', 'read'],
      ['GET', '/users', 'read'],
      ['GET', '/trace/:requestID', 'read'],
    ] as const
  ).map(([method, path, action]): Route => ({ method, path, action, handler }));
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  let counter = 0;
  const app = createApp({
    routes,
    users: { findUserByApiKeyHash: async (_ctx, hash) => users.find((one) => one.apiKeyHash === hash) },
    authorizer: createAuthorizer({
      executions: { findExecution: async () => undefined },
      secrets: { findSecretMetadata: async () => undefined },
      imageRegistry: { getImage: () => Promise.reject(new AppError('NOT_FOUND', 'image not found')) },
    }),
    lastUsed: createLastUsedRecorder({
      users: { recordLastUsed: options.recordLastUsed ?? (async () => undefined) },
      logger,
      now: () => new Date(0),
    }),
    logger,
    newRequestId: () => `request-${(counter += 1)}`,
    elapsed: () => performance.now(),
    corsAllowedOrigins: options.origins ?? [],
    requestTimeoutMs: options.requestTimeoutMs ?? 0,
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;

  const send = (
    method: string,
    path: string,
    { headers = {}, body }: { headers?: OutgoingHttpHeaders; body?: string | Buffer } = {},
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        { host: '127.0.0.1', port, method, path, headers, agent: false },
        (incoming) => {
          let text = '';
          incoming.setEncoding('utf8');
          incoming.on('data', (chunk: string) => (text += chunk));
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  const as = (role: Role) => ({ headers: { 'X-API-Key': `${role}-key` } });
  return { port, send, as, logText: () => lines.join('') };
}

const notFound = { status: 404, text: '404 page not found\n' };

describe('the application', () => {
  it('answers JSON with a newline, without charset, ETag or the name of its framework', async () => {
    const { send } = await start();

    const answer = await send('GET', '/api/v1/health');

    expect(answer).toMatchObject({ status: 200, text: '{"params":{}}\n' });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers).not.toHaveProperty('etag');
    expect(answer.headers).not.toHaveProperty('x-powered-by');
  });

  it.each([
    '/',
    '/api/v1',
    '/api/v1/',
    '/api/v1/HEALTH',
    '/api/v1/health/',
    '//api/v1/health',
    '/api/v1/claim/',
  ])('answers plain 404 for %s without asking for a key', async (path) => {
    const { send } = await start();

    const answer = await send('GET', path);

    expect(answer).toMatchObject(notFound);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it.each(['/api/v1/users/nothing', '/api/v1/trace', '/api/v1/trace/', '/api/v1/executions/e/nothing'])(
    'asks for key and right before it says that %s is nothing',
    async (path) => {
      const { send, as } = await start();

      expect((await send('GET', path)).status).toBe(401);
      expect((await send('GET', path, as('viewer'))).status).toBe(403);
      expect(await send('GET', path, as('admin'))).toMatchObject(notFound);
    },
  );

  it('answers 405 with the methods that are allowed and nothing else', async () => {
    const { send, as } = await start();

    for (const answer of [
      await send('GET', '/api/v1/run'),
      await send('HEAD', '/api/v1/health'),
      await send('GET', '/api/v1/executions/e', as('admin')),
    ]) {
      expect(answer).toMatchObject({ status: 405, text: '' });
      expect(answer.headers['content-type']).toBe('application/json');
    }
    expect((await send('PUT', '/api/v1/run')).headers.allow).toBe('POST');
    expect((await send('GET', '/api/v1/executions/e', as('admin'))).headers.allow).toBe('DELETE');
    expect((await send('GET', '/api/v1/executions/e')).status).toBe(401);
    expect((await send('GET', '/api/v1/executions/e', as('viewer'))).status).toBe(403);
  });

  it.each([
    ['/api/v1/executions/a%20b/status', 'a b'],
    ['/api/v1/executions/a%2Fb%20c/status', 'a%2Fb%20c'],
    ['/api/v1/executions//status', ''],
    ['http://example.com/api/v1/executions/x/status?a=b', 'x'],
  ])('hands the parameter of %s on as %j', async (path, executionID) => {
    const { send, as } = await start();

    expect(JSON.parse((await send('GET', path, as('admin'))).text)).toEqual({ params: { executionID } });
  });

  it('answers 400 for a malformed percent-encoding, before it asks for a key', async () => {
    const { send } = await start();

    expect(await send('GET', '/api/v1/executions/%E0%A4%A/status')).toMatchObject({
      status: 400,
      text: '{"error":"invalid request path","details":"the path has a malformed percent-encoding"}\n',
    });
  });

  it.each(['/', '/api/v1/users', '/nothing/%zz', '*'])(
    'answers OPTIONS on %s without asking anything',
    async (path) => {
      const { send } = await start();

      const answer = await send('OPTIONS', path, { headers: { Origin: 'https://evil.example' } });

      expect(answer).toMatchObject({ status: 200, text: '' });
      expect(answer.headers).not.toHaveProperty('content-type');
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(answer.headers['access-control-allow-methods']).toBe('GET, POST, PUT, DELETE, OPTIONS');
    },
  );

  it.each([
    ['https://a.example', ['https://a.example/'], 'https://a.example'],
    ['https://a.example/', ['https://a.example'], 'https://a.example/'],
    ['https://b.example', ['https://a.example'], undefined],
    ['https://b.example', ['*'], 'https://b.example'],
  ])('echoes the origin %s for the list %j as %s', async (origin, origins, expected) => {
    const { send } = await start({ origins });

    const answer = await send('GET', '/nothing', { headers: { Origin: origin } });

    expect(answer.headers['access-control-allow-origin']).toBe(expected);
  });

  it('takes the first of several keys, and keys that are not ASCII', async () => {
    const { send } = await start();
    const inUtf8 = (key: string): string => Buffer.from(key, 'utf8').toString('latin1');

    const withTwo = { headers: { 'X-API-Key': ['viewer-key', 'nobody'] } };
    expect((await send('GET', '/api/v1/executions', withTwo)).status).toBe(200);
    const withUmlaut = { headers: { 'X-API-Key': inUtf8('schlüssel') } };
    expect((await send('GET', '/api/v1/executions', withUmlaut)).status).toBe(200);
    const withOther = { headers: { 'X-API-Key': inUtf8('schlössel') } };
    expect((await send('GET', '/api/v1/executions', withOther)).status).toBe(401);
  });

  it('gives every request an ID of its own', async () => {
    const ids: (string | undefined)[] = [];
    const { send } = await start({
      handler: async (_asked, response) => {
        ids.push(requestContext(response).requestId);
        sendJson(response, 200, {});
      },
    });

    await send('GET', '/api/v1/health');
    await send('GET', '/api/v1/health', { headers: { 'X-Request-ID': 'from-the-client' } });

    expect(ids).toEqual(['request-1', 'request-2']);
  });
});

describe('the log of requests', () => {
  it('says what was asked and how it went, without path, query, key or body', async () => {
    const { send, logText } = await start();

    await send('GET', '/api/v1/claim/token-in-the-path?secret=in-the-query', {
      headers: { 'X-API-Key': 'key-in-a-header', Cookie: 'cookie-in-a-header' },
    });
    await send('GET', '/api/v1/claims/token-in-an-unknown-path');

    await vi.waitFor(() => expect(logText().match(/request answered/g)).toHaveLength(2));
    expect(logText()).toContain('"route":"/claim/:token"');
    expect(logText()).toContain('"requestId":"request-1"');
    expect(logText()).toContain('"status":404');
    expect(logText()).not.toMatch(/-in-/);
  });

  it('keeps the text of an unclassified error, which the client does not get', async () => {
    const { send, logText } = await start({ handler: () => Promise.reject(new TypeError('inner text')) });

    const answer = await send('GET', '/api/v1/health');

    expect(answer).toMatchObject({
      status: 500,
      text: '{"error":"internal error","details":"internal error"}\n',
    });
    expect(logText()).toContain('inner text');
  });
});

describe('a request', () => {
  it('is cancelled after its time, and the client sees what the handler makes of it', async () => {
    const { send } = await start({
      requestTimeoutMs: 20,
      handler: (_asked, response) =>
        new Promise((_, reject) => {
          const { signal } = requestContext(response);
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    });

    expect(await send('GET', '/api/v1/health')).toMatchObject({
      status: 503,
      text: '{"error":"the request took too long","code":"SERVICE_UNAVAILABLE","details":"the request took too long"}\n',
    });
  });

  it('is cancelled when its client hangs up, and not when it is answered', async () => {
    const contexts: RequestContext[] = [];
    const { port, send, as, logText } = await start({
      handler: async (asked, response) => {
        contexts.push(requestContext(response));
        if (asked.method === 'GET') sendJson(response, 200, {});
        else await new Promise(() => undefined);
      },
    });

    await send('GET', '/api/v1/health');
    const outgoing = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/api/v1/run',
      ...as('admin'),
    });
    outgoing.on('error', () => undefined);
    outgoing.end();
    await vi.waitFor(() => expect(contexts).toHaveLength(2));
    outgoing.destroy();

    await vi.waitFor(() => expect(contexts[1]?.signal?.aborted).toBe(true));
    expect(contexts[0]?.signal?.aborted).toBe(false);
    expect(logText()).toContain('request abandoned by its client');
  });

  it('does not wait for the last-used write, nor for its failure', async () => {
    const never = await start({ recordLastUsed: () => new Promise(() => undefined) });
    expect((await never.send('GET', '/api/v1/executions', never.as('viewer'))).status).toBe(200);

    const failing = await start({ recordLastUsed: () => Promise.reject(new Error('no answer')) });
    expect((await failing.send('GET', '/api/v1/users', failing.as('viewer'))).status).toBe(403);
    await vi.waitFor(() => expect(failing.logText()).toContain('failed to record the last use of a key'));
  });
});

describe('a body', () => {
  const reading: Route['handler'] = async (asked, response) => {
    sendJson(response, 200, await readJson(asked, { text: 'string' }));
  };
  const tooLong = {
    status: 413,
    text: '{"error":"invalid request body","details":"body exceeds 1 MiB"}\n',
  };
  const mebibyte = 1024 * 1024;

  it('of just 1 MiB is read', async () => {
    const { send, as } = await start({ handler: reading });
    const text = 'x'.repeat(mebibyte - '{"text":""}'.length);

    const answer = await send('POST', '/api/v1/run', { ...as('admin'), body: `{"text":"${text}"}` });

    expect(answer.status).toBe(200);
  });

  it.each([
    ['that says its length', {}],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }],
  ])('above 1 MiB %s is refused, and its client sees why', async (_, headers) => {
    const { send, as } = await start({ handler: reading });

    const answer = await send('POST', '/api/v1/run', {
      headers: { ...as('admin').headers, ...headers },
      body: Buffer.alloc(8 * mebibyte, 'x'),
    });

    expect(answer).toMatchObject(tooLong);
  });

  it('that is only promised is refused without being waited for', async () => {
    const { port, as } = await start({ handler: reading });
    const headers = { ...as('admin').headers, 'Content-Length': String(64 * mebibyte) };
    const outgoing = request({ port, host: '127.0.0.1', method: 'POST', path: '/api/v1/run', headers });
    outgoing.on('error', () => undefined);
    outgoing.flushHeaders();

    const status = await new Promise((resolve) => {
      outgoing.on('response', (incoming) => resolve(incoming.statusCode));
    });
    outgoing.destroy();

    expect(status).toBe(413);
  });

  it.each(['', '[]', '{"text":1}', '{"text":"a"} {}'])('%j is refused', async (body) => {
    const { send, as } = await start({ handler: reading });

    const answer = await send('POST', '/api/v1/run', { ...as('admin'), body });

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toEqual({
      error: 'invalid request body',
      details: expect.any(String) as string,
    });
  });

  it('is not looked at before its sender was', async () => {
    const { send, as } = await start({ handler: reading });

    expect((await send('POST', '/api/v1/run', { body: '{' })).status).toBe(401);
    expect((await send('POST', '/api/v1/run', { ...as('viewer'), body: '{' })).status).toBe(403);
  });
});
