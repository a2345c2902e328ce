import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendJson } from './api/send-json.js';
import type { Provider, User } from './contracts/index.js';
import { createAuthorizer } from './orchestrator/authorize.js';
import { createExecutionsDouble } from './orchestrator/executions.double.js';
import { runServer } from './run-server.js';
import { readSettings } from './settings.js';

/** A provider without tasks, which notes when it is closed. */
function emptyProvider() {
  const users: User[] = [];
  const closed = { count: 0 };
  const provider = {
    name: 'none',
    executions: createExecutionsDouble(),
    users: {
      listUsers: async () => users,
      createUser: async (_ctx: unknown, user: User) => void users.push(user),
      deleteExpiredUsers: async () => [],
      findUserByApiKeyHash: async () => undefined,
      recordLastUsed: async () => undefined,
    },
    pendingKeys: { deleteExpiredPendingKeys: async () => undefined },
    streamTokens: { deleteExpiredStreamTokens: async () => undefined },
    taskObserver: {
      listTasks: async function* () {
        yield* [];
      },
      describeTasks: async () => new Map(),
      watchTasks: async function* (ctx: { signal?: AbortSignal }) {
        await new Promise((resolve) => ctx.signal?.addEventListener('abort', resolve));
        yield* [];
      },
    },
    close: async () => {
      closed.count += 1;
    },
  };
  return { provider: provider as unknown as Provider, users, closed };
}

/** A process that receives signals from the test. */
function fakeProcess(isTTY: boolean) {
  const listeners = new Map<string, () => void>();
  const exits: number[] = [];
  const written: string[] = [];
  return {
    on: (signal: string, listener: () => void) => listeners.set(signal, listener),
    off: (signal: string) => listeners.delete(signal),
    exit: (code: number) => void exits.push(code),
    stdout: { isTTY, write: (text: string) => written.push(text) },
    signal: (name: 'SIGINT' | 'SIGTERM') => listeners.get(name)?.(),
    listeners,
    exits,
    written,
  };
}

describe('a server that runs', () => {
  let home: string;
  let time = 0;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'refacet-run-'));
    time = 0;
  });

  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  const run = (
    process: ReturnType<typeof fakeProcess>,
    env: Record<string, string> = {},
    handler: () => Promise<void> = async () => undefined,
  ) => {
    const world = emptyProvider();
    const running = runServer({
      settings: readSettings({ PORT: '0', REFACET_HOME: home, ...env }),
      provider: world.provider,
      routes: [
        {
          method: 'GET',
          path: '/health',
          action: 'public',
          handler: async (_request, response) => {
            await handler();
            sendJson(response, 200, { status: 'ok' });
          },
        },
      ],
      authorizer: createAuthorizer(world.provider),
      logger: pino({ level: 'silent' }),
      notes: ['Tasks do not run.'],
      process,
      now: () => new Date('2026-01-01T10:00:00Z'),
      elapsed: () => time,
      newRequestId: () => 'r',
      randomBytes: (size) => Buffer.alloc(size, 7),
    });
    const address = (): Promise<string> =>
      vi.waitFor(() => {
        const found = /http:\S+/.exec(process.written.join(''))?.[0];
        if (found === undefined) throw new Error('no banner yet');
        return found;
      });
    return { ...world, running, address };
  };

  it.each(['SIGTERM', 'SIGINT'] as const)('says where it is, serves, and ends with %s', async (signal) => {
    const process = fakeProcess(false);
    const { running, address, closed } = run(process);

    const answer = await fetch(`${await address()}/health`);
    expect(await answer.json()).toEqual({ status: 'ok' });
    process.signal(signal);
    await running;

    expect(closed.count).toBe(1);
    expect(process.listeners.size).toBe(0);
    expect(process.exits).toEqual([]);
    await expect(fetch(`${await address()}/health`)).rejects.toThrow();
  });

  it('shows the key of the first admin on a terminal', async () => {
    const process = fakeProcess(true);
    const { running, address } = run(process);
    await address();
    process.signal('SIGTERM');
    await running;

    expect(process.written.join('')).toContain(Buffer.alloc(24, 7).toString('base64url'));
  });

  it('writes it to a file where there is none', async () => {
    const process = fakeProcess(false);
    const { running, address } = run(process);
    await address();
    process.signal('SIGTERM');
    await running;

    const key = Buffer.alloc(24, 7).toString('base64url');
    expect(process.written.join('')).not.toContain(key);
    expect(process.written.join('')).toContain(join(home, 'first-admin-key'));
    expect(readFileSync(join(home, 'first-admin-key'), 'utf8')).toBe(`${key}\n`);
  });

  it('does not tell a key that was chosen', async () => {
    const process = fakeProcess(true);
    const { running, address, users } = run(process, { REFACET_ADMIN_KEY: 'a-key-of-my-own-choice' });
    await address();
    process.signal('SIGTERM');
    await running;

    expect(users).toHaveLength(1);
    expect(process.written.join('')).not.toContain('a-key-of-my-own-choice');
  });

  it('finishes a request in flight before it closes the provider', async () => {
    const process = fakeProcess(false);
    let finish: () => void = () => undefined;
    let isAsked = false;
    const { running, address, closed } = run(process, {}, () => {
      isAsked = true;
      return new Promise((resolve) => (finish = resolve));
    });
    const answer = fetch(`${await address()}/health`);
    await vi.waitFor(() => expect(isAsked).toBe(true));

    process.signal('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(closed.count).toBe(0);
    finish();

    expect((await answer).status).toBe(200);
    await running;
    expect(closed.count).toBe(1);
  });

  it('finishes what a request has begun though its client has hung up', async () => {
    const process = fakeProcess(false);
    let finish: () => void = () => undefined;
    let isAsked = false;
    const { running, address, closed } = run(process, {}, () => {
      isAsked = true;
      return new Promise((resolve) => (finish = resolve));
    });
    const client = new AbortController();
    const answer = fetch(`${await address()}/health`, { signal: client.signal }).catch(() => 'hung up');
    await vi.waitFor(() => expect(isAsked).toBe(true));
    client.abort();
    expect(await answer).toBe('hung up');

    process.signal('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(closed.count).toBe(0);
    finish();

    await running;
    expect(closed.count).toBe(1);
  });

  it('ends at once with a second signal, unless that is the first one again', async () => {
    const process = fakeProcess(false);
    let finish: () => void = () => undefined;
    let isAsked = false;
    const { running, address } = run(process, {}, () => {
      isAsked = true;
      return new Promise((resolve) => (finish = resolve));
    });
    const answer = fetch(`${await address()}/health`);
    await vi.waitFor(() => expect(isAsked).toBe(true));

    process.signal('SIGINT');
    time = 2;
    process.signal('SIGINT');
    expect(process.exits).toEqual([]);
    time = 1_500;
    process.signal('SIGTERM');
    expect(process.exits).toEqual([130]);

    finish();
    await answer;
    await running;
  });

  it('closes the provider and says why when it cannot listen', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const process = fakeProcess(false);
    const { running, closed } = run(process, { PORT: String((taken.address() as AddressInfo).port) });

    await expect(running).rejects.toThrow('Another program listens on');

    expect(closed.count).toBe(1);
    expect(process.listeners.size).toBe(0);
    await new Promise((resolve) => taken.close(resolve));
  });
});
