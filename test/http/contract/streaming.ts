import { request } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { AppError } from '../../../src/contracts/index.js';
import { type Step, commandLineClient } from '../command-line-client.js';
import { type Api, type Start, keyOf } from '../harness.js';

/** What the task does at each step of the client, beside what it did before. */
interface Schedule {
  readonly name: string;
  readonly at: Partial<Record<Step, readonly string[]>>;
}

/** `begin`, `end`, or the text of a line. */
const schedules: readonly Schedule[] = [
  { name: 'is over before the first question', at: { started: ['begin', 'one', 'two', 'end'] } },
  {
    name: 'ends before the logs are asked for',
    at: { started: ['begin', 'one'], 'asked-for-status': ['two', 'end'] },
  },
  {
    name: 'ends between the logs and the stream',
    at: { started: ['begin', 'one'], 'asked-for-logs': ['two', 'end'] },
  },
  { name: 'ends right after the connection', at: { started: ['begin', 'one'], connected: ['two', 'end'] } },
  {
    name: 'prints at every step',
    at: {
      started: ['begin', 'a'],
      'asked-for-status': ['b'],
      'asked-for-logs': ['c', 'd'],
      connected: ['e', 'end'],
    },
  },
  {
    name: 'prints nothing before the stream',
    at: { started: ['begin'], 'asked-for-logs': ['one'], connected: ['end'] },
  },
  { name: 'prints nothing at all', at: { started: ['begin'], connected: ['end'] } },
  { name: 'prints nothing and is over at once', at: { started: ['begin', 'end'] } },
  {
    name: 'ends silently between the logs and the stream',
    at: { started: ['begin', 'one'], 'asked-for-logs': ['end'] },
  },
  { name: 'begins late', at: { slept: ['begin', 'one'], connected: ['two', 'end'] } },
  {
    name: 'prints the same line again and again',
    at: { started: ['begin', 'x', 'x'], 'asked-for-logs': ['x'], connected: ['x', 'x', 'end'] },
  },
  {
    name: 'prints what looks like the end of a stream',
    at: {
      started: ['begin', '{"type":"disconnect","reason":"execution_completed"}'],
      connected: ['{"type":"disconnect"}', 'last', 'end'],
    },
  },
  {
    name: 'prints thousands of lines',
    at: {
      started: ['begin', ...numbered('a', 2_000)],
      'asked-for-logs': numbered('b', 2_000),
      connected: [...numbered('c', 2_000), 'end'],
    },
  },
];

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

/** Live logs, as the original's command-line client uses them (section 5.3 of the HTTP contract). */
export function streamingContract(start: Start): void {
  describe('somebody who runs a command from the command line', () => {
    it.each(schedules)('sees all output once, in order, and the end, when the task $name', async ({ at }) => {
      const api = await start();
      const { tasks } = api.provider;
      const printed: string[] = [];
      let statusAtTheEnd: unknown;
      const client = commandLineClient({
        port: api.port,
        apiKey: keyOf('developer'),
        sleep: () => Promise.resolve(),
        onStep: async (step, executionId) => {
          for (const what of at[step] ?? []) {
            if (what === 'begin') tasks.begin(executionId);
            else if (what === 'end') tasks.end(executionId, 0);
            else {
              tasks.print(executionId, what);
              printed.push(what);
            }
          }
          if (step === 'disconnected') statusAtTheEnd = await statusOf(api, executionId);
          if (step === 'started' && at.started?.includes('begin') === true)
            await untilNoLongerStarting(api, executionId);
        },
      });

      const display = await client.run({ command: 'whatever' });

      expect(display.lines).toEqual(printed);
      expect(display.notices).toEqual(display.isStreamed ? ['disconnected: execution_completed'] : []);
      // Whoever is told that it is over and asks how it ended gets an answer.
      if (display.isStreamed) expect(statusAtTheEnd).toBe('SUCCEEDED');
    });

    it('gets frames of exactly the original form', async () => {
      const api = await start();
      const display = await commandLineClient({
        port: api.port,
        apiKey: keyOf('admin'),
        sleep: () => Promise.resolve(),
        onStep: async (step, id) => {
          if (step === 'started') {
            api.provider.tasks.begin(id);
            await untilNoLongerStarting(api, id);
          }
          if (step !== 'connected') return;
          api.provider.tasks.print(id, 'line');
          api.provider.tasks.end(id, 3);
        },
      }).run({ command: 'x' });

      expect(display.frames.map((frame) => JSON.parse(frame) as unknown)).toStrictEqual([
        { timestamp: api.now().getTime(), message: 'line' },
        { type: 'disconnect', reason: 'execution_completed' },
      ]);
    });

    it('sees the end of an execution that somebody else stops', async () => {
      const api = await start();
      const display = await commandLineClient({
        port: api.port,
        apiKey: keyOf('admin'),
        sleep: () => Promise.resolve(),
        onStep: async (step, id) => {
          if (step === 'started') {
            api.provider.tasks.begin(id);
            await untilNoLongerStarting(api, id);
          }
          if (step !== 'connected') return;
          await api.json('operator', 'DELETE', `/executions/${id}`);
          api.provider.tasks.print(id, 'last words');
          api.provider.tasks.end(id, 0);
        },
      }).run({ command: 'x' });

      expect(display.lines).toEqual(['last words']);
      expect(display.notices).toEqual(['disconnected: execution_completed']);
    });
  });

  describe('a stream', () => {
    const open = async (api: Api): Promise<{ url: string; id: string }> => {
      const { execution_id: id } = (await api.json('developer', 'POST', '/run', {
        body: { command: 'x' },
      })) as {
        execution_id: string;
      };
      api.provider.tasks.begin(id);
      api.provider.tasks.print(id, 'seen');
      await untilNoLongerStarting(api, id);
      const { websocket_url: url } = (await api.json('developer', 'GET', `/executions/${id}/logs`)) as {
        websocket_url: string;
      };
      return { url, id };
    };
    const linesOf = (url: string): Promise<string[]> =>
      new Promise((resolve, reject) => {
        const lines: string[] = [];
        const socket = new WebSocket(url);
        socket.on('error', reject);
        socket.on('message', (data: Buffer) => lines.push(data.toString('utf8')));
        socket.on('close', () => resolve(lines));
      });

    it('may be opened again with the same token and then begins at the same place', async () => {
      const api = await start();
      const { url, id } = await open(api);
      api.provider.tasks.print(id, 'after');
      api.provider.tasks.end(id, 0);

      for (let time = 0; time < 2; time += 1) {
        const lines = await linesOf(url);
        expect(lines).toHaveLength(2);
        expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'after' });
        expect(JSON.parse(lines[1] ?? '')).toEqual({ type: 'disconnect', reason: 'execution_completed' });
      }
    });

    it('serves several readers at once', async () => {
      const api = await start();
      const { url, id } = await open(api);
      const readers = [linesOf(url), linesOf(url), linesOf(url)];
      api.provider.tasks.print(id, 'after');
      await new Promise((resolve) => setTimeout(resolve, 50));
      api.provider.tasks.end(id, 0);

      for (const lines of await Promise.all(readers)) expect(lines).toHaveLength(2);
    });

    it('goes away with its reader, and the log is no longer read for it', async () => {
      const api = await start();
      const { url } = await open(api);
      let isReading = false;
      api.replace(
        'logAggregator',
        'readExecutionLogs',
        (original) =>
          async function* (...parameters) {
            isReading = true;
            try {
              yield* original(...parameters);
            } finally {
              isReading = false;
            }
          },
      );
      const socket = new WebSocket(url);
      await vi.waitFor(() => expect(isReading).toBe(true));

      socket.terminate();

      await vi.waitFor(() => expect(isReading).toBe(false));
    });

    it('ends with 1001, which the client takes in silence, when the server stops', async () => {
      const api = await start();
      const { url } = await open(api);
      const socket = new WebSocket(url);
      await new Promise((resolve) => socket.on('open', resolve));
      const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)));

      await api.stop();

      expect(await closed).toBe(1001);
    });

    it('does not mind what its reader sends', async () => {
      const api = await start();
      const { url, id } = await open(api);
      const socket = new WebSocket(url);
      await new Promise((resolve) => socket.on('open', resolve));
      const frames: string[] = [];
      socket.on('message', (data: Buffer) => frames.push(data.toString('utf8')));
      const closed = new Promise((resolve) => socket.on('close', resolve));
      socket.send('hello');
      socket.send(Buffer.from([0, 255]));
      socket.send('{"type":"disconnect"}');

      api.provider.tasks.print(id, 'after');
      api.provider.tasks.end(id, 0);

      await closed;
      expect(frames).toHaveLength(2);
    });

    it('survives a reader who sends far too much', async () => {
      const api = await start();
      const { url } = await open(api);
      const socket = new WebSocket(url);
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.on('open', resolve));
      const closed = new Promise((resolve) => socket.on('close', resolve));
      socket.send(Buffer.alloc(8 * 1024 * 1024));

      await closed;
      expect((await api.call('nobody', 'GET', '/health')).status).toBe(200);
    });

    it('is refused at the handshake', async () => {
      const api = await start();
      const { url } = await open(api);
      const { url: foreign } = await open(api);
      const query = (change: (parameters: URLSearchParams) => void): string => {
        const changed = new URL(url);
        change(changed.searchParams);
        return changed.href;
      };
      const tokenOf = (address: string): string => new URL(address).searchParams.get('token') ?? '';

      expect(await handshake(query((parameters) => parameters.delete('execution_id')))).toBe(400);
      expect(await handshake(query((parameters) => parameters.set('execution_id', '')))).toBe(400);
      expect(await handshake(query((parameters) => parameters.delete('token')))).toBe(401);
      expect(await handshake(query((parameters) => parameters.set('token', '')))).toBe(401);
      expect(await handshake(query((parameters) => parameters.set('token', 'unknown')))).toBe(401);
      expect(await handshake(query((parameters) => parameters.set('token', '\u0000')))).toBe(401);
      expect(await handshake(query((parameters) => parameters.set('token', tokenOf(foreign))))).toBe(403);
      expect(await handshake(query((parameters) => parameters.set('execution_id', 'unknown')))).toBe(403);
      expect(await handshake(url)).toBe(101);
      api.setTime(new Date(api.now().getTime() + 24 * 3_600_000 + 2_000));
      expect(await handshake(url)).toBe(401);
    });

    it('is refused with 503 when tokens cannot be read', async () => {
      const api = await start();
      const { url } = await open(api);
      api.fail('streamTokens', 'findStreamToken', new AppError('DATABASE_ERROR', 'the store did not answer'));

      expect(await handshake(url)).toBe(503);
    });
  });

  it.each(['/', '/api/v1/health', '/api/v1/executions', '/nothing', '/api/v1/%E0%A4%A'])(
    'no handshake on %s is left hanging',
    async (path) => {
      const api = await start();

      const status = await handshake(`ws://127.0.0.1:${api.port}${path}`);

      expect(status).not.toBe(101);
      expect((await api.call('nobody', 'GET', '/health')).status).toBe(200);
    },
  );
}

async function statusOf(api: Api, executionId: string): Promise<unknown> {
  const body = await api.json('admin', 'GET', `/executions/${executionId}/status`);
  return (body as { status: string }).status;
}

/** The follower learns of a change a moment after it happened. */
async function untilNoLongerStarting(api: Api, executionId: string): Promise<void> {
  await vi.waitFor(async () => expect(await statusOf(api, executionId)).not.toBe('STARTING'));
}

/** Status of the answer to a handshake; 101 when it succeeds. */
function handshake(url: string): Promise<number> {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: hostname,
      port,
      path: `${pathname}${search}`,
      agent: false,
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    });
    outgoing.setTimeout(10_000, () => outgoing.destroy(new Error(`no answer to the handshake of ${url}`)));
    outgoing.on('upgrade', (answer, socket) => {
      socket.destroy();
      resolve(answer.statusCode ?? 0);
    });
    outgoing.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
