import { Agent, createServer, request } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { closeServer } from './close-server.js';

async function serve(answer: (response: ServerResponse) => void): Promise<Server> {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Asks over a connection that is kept alive, and resolves to the status or to the reason why there is none. */
function ask(server: Server, agent: Agent): Promise<number | string | undefined> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve) => {
    const outgoing = request({ host: '127.0.0.1', port, agent }, (incoming) => {
      incoming.resume();
      incoming.on('end', () => resolve(incoming.statusCode));
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    outgoing.end();
  });
}

describe('closing a server', () => {
  it('lets a request in flight finish, although its connection is kept alive', async () => {
    const asked: ServerResponse[] = [];
    const agent = new Agent({ keepAlive: true });
    const server = await serve((response) => void asked.push(response));
    const status = ask(server, agent);
    await vi.waitFor(() => expect(asked).toHaveLength(1));

    const begun = performance.now();
    const closing = closeServer(server, 5_000);
    setTimeout(() => asked[0]?.end('late'), 50);

    expect(await status).toBe(200);
    await closing;
    expect(performance.now() - begun).toBeLessThan(2_000);
    agent.destroy();
  });

  it('cuts off what does not finish in time', async () => {
    const asked: ServerResponse[] = [];
    const agent = new Agent({ keepAlive: true });
    const server = await serve((response) => void asked.push(response));
    const status = ask(server, agent);
    await vi.waitFor(() => expect(asked).toHaveLength(1));

    await closeServer(server, 50);

    expect(await status).toBe('ECONNRESET');
    agent.destroy();
  });
});
