import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { AppError } from '../../../src/contracts/index.js';
import { type Api, type Start } from '../harness.js';
import { untilNoLongerStarting } from '../execution-state.js';
import { handshake } from '../handshake.js';

/** The WebSocket of a log as such: who may open it, and what ends it (section 5.3 of the HTTP contract). */
export function streamConnectionsContract(start: Start): void {
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
