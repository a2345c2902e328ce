import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { AppError } from '../contracts/index.js';
import type { LogEvent, StreamToken, TaskState } from '../contracts/index.js';
import { createExecutionsDouble, someExecution } from '../orchestrator/executions.double.js';
import { attachLogStreams } from './log-streams.js';

const token: StreamToken = {
  token: 'good',
  executionId: 'task-1',
  position: '1',
  createdBy: 'dev@example.com',
  createdAt: new Date('2026-01-01T10:00:00Z'),
  expiresAt: new Date('2026-01-02T10:00:00Z'),
};
const path = '/api/v1/stream?execution_id=task-1&token=good';
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A server whose one task prints what `events` yields. */
async function serve(
  events: () => AsyncIterable<LogEvent>,
  findStreamToken: (text: string) => StreamToken | undefined = (text) =>
    text === 'good' ? token : undefined,
) {
  const ended: TaskState = { executionId: 'task-1', phase: 'ended', endedBy: 'exit', exitCode: 0 };
  const reading = { count: 0 };
  const bodies: string[] = [];
  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      bodies.push(`${incoming.method ?? ''} ${incoming.url ?? ''} ${body}`);
      outgoing.end('served');
    });
  });
  const streams = attachLogStreams(server, {
    executions: createExecutionsDouble(someExecution({ status: 'RUNNING' })),
    streamTokens: { findStreamToken: async (_ctx, text) => findStreamToken(text) },
    taskObserver: { describeTasks: async () => new Map([['task-1', ended]]) },
    logAggregator: {
      readExecutionLogs: async function* () {
        reading.count += 1;
        try {
          yield* events();
        } finally {
          reading.count -= 1;
        }
      },
    },
    logger: pino({ level: 'silent' }),
    now: () => new Date('2026-01-01T12:00:00Z'),
    elapsed: () => performance.now(),
    newRequestId: () => 'r',
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    await streams.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  closers.push(close);
  return { port, streams, reading, bodies };
}

async function* twoLines(): AsyncGenerator<LogEvent> {
  yield { timestamp: 5, message: 'two', position: '2', stream: 'stdout' };
  yield { timestamp: 6, message: 'three', position: '3' };
}

/** A log that goes on until its reader leaves. */
async function* silence(): AsyncGenerator<LogEvent> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    yield { timestamp: 1, message: 'tick' };
  }
}

const opened = (socket: WebSocket) => new Promise((resolve) => socket.on('open', resolve));
const closed = (socket: WebSocket) => new Promise((resolve) => socket.on('close', (code) => resolve(code)));

function shake(port: number, target: string, headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path: target,
      agent: false,
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    });
    outgoing.on('upgrade', (_incoming, socket) => {
      socket.destroy();
      resolve('101');
    });
    outgoing.on('response', (incoming) => {
      let text = '';
      incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
      incoming.on('end', () => resolve(`${incoming.statusCode ?? 0} ${text.trim()}`));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

describe('a log stream', () => {
  it('sends what is behind its token, the end, and closes', async () => {
    const { port } = await serve(twoLines);
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    const frames: string[] = [];
    socket.on('message', (data: Buffer) => frames.push(data.toString()));

    expect(await closed(socket)).toBe(1000);
    expect(frames).toEqual([
      '{"timestamp":5,"message":"two"}',
      '{"timestamp":6,"message":"three"}',
      '{"type":"disconnect","reason":"execution_completed"}',
    ]);
  });

  it.each([
    ['/api/v1/stream', /^400 .*"INVALID_REQUEST".*execution_id is required/],
    ['/api/v1/stream?execution_id=&token=good', /^400 /],
    ['/api/v1/stream?execution_id=task-1', /^401 .*"UNAUTHORIZED"/],
    ['/api/v1/stream?execution_id=task-1&token=other', /^401 /],
    ['/api/v1/stream?execution_id=task-2&token=good', /^403 .*"FORBIDDEN"/],
    [path, /^101$/],
  ])('%s is answered at the handshake', async (target, expected) => {
    const { port } = await serve(twoLines);

    expect(await shake(port, target)).toMatch(expected);
  });

  it('is refused once its token has expired', async () => {
    const { port } = await serve(twoLines, () => ({ ...token, expiresAt: new Date('2026-01-01T11:59:59Z') }));

    expect(await shake(port, path)).toMatch(/^401 /);
  });

  it('is refused as 503 while tokens cannot be read', async () => {
    const { port } = await serve(twoLines, () => {
      throw new AppError('DATABASE_ERROR', 'no answer');
    });

    expect(await shake(port, path)).toMatch(/^503 .*"failed to open log stream"/);
  });

  it('stops reading when its reader leaves', async () => {
    const { port, reading } = await serve(silence);
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    await opened(socket);
    await vi.waitFor(() => expect(reading.count).toBe(1));

    socket.terminate();

    await vi.waitFor(() => expect(reading.count).toBe(0));
  });

  it('closes with 1001 when the server stops, and lets go of the log', async () => {
    const { port, streams, reading } = await serve(silence);
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    await opened(socket);
    const code = closed(socket);

    await streams.close();

    expect(await code).toBe(1001);
    await vi.waitFor(() => expect(reading.count).toBe(0));
  });

  it('closes with 1011 when the log cannot be read', async () => {
    // eslint-disable-next-line require-yield -- the point is that there is nothing to yield
    const { port } = await serve(async function* () {
      throw new AppError('INTERNAL_ERROR', 'broken');
    });

    expect(await closed(new WebSocket(`ws://127.0.0.1:${port}${path}`))).toBe(1011);
  });

  it('does not read ahead of a reader who does not read', async () => {
    let given = 0;
    const message = 'x'.repeat(64 * 1024);
    const { port } = await serve(async function* () {
      for (; given < 10_000; given += 1) yield { timestamp: 1, message };
    });
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    await opened(socket);
    socket.pause();

    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = given;
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.terminate();

    // What the kernel's buffers and ours take, and then nothing more.
    expect(before).toBeGreaterThan(0);
    expect(given).toBe(before);
    expect(given).toBeLessThan(1_000);
  });

  it('takes no notice of what its reader says, and survives one who says too much', async () => {
    const { port } = await serve(silence);
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    await opened(socket);
    socket.on('error', () => undefined);
    socket.send('hello');
    socket.send(Buffer.alloc(1024 * 1024));

    expect(await closed(socket)).toBe(1009);
    expect(await shake(port, path)).toBe('101');
  });
});

describe('a request that offers another protocol', () => {
  it.each([
    ['/somewhere', { Upgrade: 'websocket' }],
    ['/api/v1/streams', { Upgrade: 'websocket' }],
    ['/api/v1/stream', { Upgrade: 'h2c' }],
    ['/api/v1/health', { Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABk' }],
  ])('on %s is answered as if it did not: %j', async (target, headers) => {
    const { port } = await serve(twoLines);

    expect(await shake(port, target, headers as Record<string, string>)).toBe('200 served');
  });

  it('keeps its body', async () => {
    const { port, bodies } = await serve(twoLines);

    const status = await new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port,
          method: 'POST',
          path: '/run',
          headers: { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABk' },
        },
        (incoming) => {
          incoming.resume();
          resolve(incoming.statusCode);
        },
      );
      outgoing.on('error', reject);
      outgoing.write('{"command":');
      setTimeout(() => outgoing.end('"true"}'), 20);
    });

    expect(status).toBe(200);
    expect(bodies).toEqual(['POST /run {"command":"true"}']);
  });

  it.each([
    ['close, Upgrade', true],
    ['Upgrade', false],
  ])('with the connection %s is closed after its answer: %s', async (connection, isClosed) => {
    const { port } = await serve(twoLines);
    const socket = connect(port, '127.0.0.1');
    let text = '';
    let hasEnded = false;
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('end', () => (hasEnded = true));
    socket.write(`GET /x HTTP/1.1\r\nHost: x\r\nConnection: ${connection}\r\nUpgrade: h2c\r\n\r\n`);

    await vi.waitFor(() => expect(text).toContain('served'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();

    expect(hasEnded).toBe(isClosed);
  });
});
