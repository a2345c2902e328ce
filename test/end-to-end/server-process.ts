import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { type Answer, jsonOf, send } from '../http/raw-client.js';
import { endTasksOf } from './processes.js';

/** The API after the migration, and the one that still calls `Runner`. */
const entries = { migrated: 'dist/src/main.js', existing: 'dist/legacy/main.js' } as const;

export const adminKey = 'planted-admin-key-0123456789';
export const adminEmail = 'admin@example.com';

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The built server as a child process. */
export interface ServerProcess {
  readonly port: number;
  readonly home: string;
  readonly pid: number;
  /** All that it has written so far. */
  stdout(): string;
  stderr(): string;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it has ended. */
  readonly ended: Promise<Ending>;
  call(method: string, path: string, body?: unknown, key?: string): Promise<Answer>;
  /** The same, for the JSON of an answer that must be a success. */
  json(method: string, path: string, body?: unknown, key?: string): Promise<unknown>;
}

export interface ServerOptions {
  readonly home: string;
  readonly port?: number;
  /** Default: the migrated API, which `npm start` serves. */
  readonly api?: keyof typeof entries;
  readonly env?: Readonly<Record<string, string>>;
}

/** A state directory of its own; tasks that a test leaves behind in it are ended with the test. */
export async function makeHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'refacet-home-'));
  onTestFinished(async () => {
    await endTasksOf(home);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });
  return home;
}

/** Starts the built server without waiting for it. */
export async function spawnServer({
  home,
  port,
  api = 'migrated',
  env,
}: ServerOptions): Promise<ServerProcess> {
  const entry = join(import.meta.dirname, '../..', entries[api]);
  if (!existsSync(entry)) {
    throw new Error('dist is missing: run `npm run build` first, as `npm test` does.');
  }
  const chosenPort = port ?? (await freePort());
  const child = spawn(process.execPath, [entry], {
    // Nothing of this process but what a program needs to find others.
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      PORT: String(chosenPort),
      REFACET_HOME: home,
      REFACET_ADMIN_EMAIL: adminEmail,
      REFACET_ADMIN_KEY: adminKey,
      REFACET_ISOLATION: 'none',
      REFACET_KILL_GRACE: '2',
      ...env,
    },
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [collected(child.stdout), collected(child.stderr)];
  const ended = new Promise<Ending>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  onTestFinished(() => end(child, ended));
  const call: ServerProcess['call'] = (method, path, body, key = adminKey) =>
    send(chosenPort, {
      method,
      path: `/api/v1${path}`,
      headers: key === '' ? {} : { 'X-API-Key': key },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    port: chosenPort,
    home,
    pid: child.pid ?? 0,
    stdout,
    stderr,
    signal: (signal) => child.kill(signal),
    ended,
    call,
    json: async (method, path, body, key) => {
      const answer = await call(method, path, body, key);
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return jsonOf(answer);
    },
  };
}

/** Starts the built server and resolves once it answers. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const server = await spawnServer(options);
  const hasEnded = server.ended.then(() => true);
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answer = await server.call('GET', '/health').catch(() => undefined);
    if (answer?.status === 200) return server;
    if (await Promise.race([hasEnded, wait(100, false)])) break;
  }
  const ending = await Promise.race([server.ended, wait(0, 'it still runs')]);
  throw new Error(
    `the server did not start (${JSON.stringify(ending)}):\n${server.stdout()}\n${server.stderr()}`,
  );
}

/** A server with an image, so that commands can be run at once. */
export async function startReadyServer(options: ServerOptions): Promise<ServerProcess> {
  const server = await startServer(options);
  await server.json('POST', '/images/register', { image: 'alpine:3.18' });
  return server;
}

function collected(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

async function end(child: ChildProcess, ended: Promise<Ending>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await ended;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });
}
