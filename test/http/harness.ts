import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Execution, ImageConfig, Provider, Role, Secret, User } from '../../src/contracts/index.js';
import { createInMemoryProvider, type InMemoryProvider } from '../support/in-memory-provider.js';
import { expectCommonHeaders } from './expectations.js';
import { overridable, type Overrides } from './overridable-provider.js';
import { type Answer, type RawRequest, jsonOf, send } from './raw-client.js';

/** What the suite hands to the API under test. */
export interface StartOptions {
  readonly provider: Provider;
  readonly now: () => Date;
  readonly corsAllowedOrigins: readonly string[];
  readonly requestTimeoutMs: number;
  /** Receives each line of the API's own log. */
  readonly onLogLine: (line: string) => void;
}

/** Starts an API on a free port of the loopback interface. The one thing that differs between the APIs under test. */
export type StartApi = (
  options: StartOptions,
) => Promise<{ readonly port: number; readonly stop: () => Promise<void> }>;

/** What stands behind the API under test. */
export interface Backend {
  /** A provider with the means to let its tasks live. */
  open(options: { readonly now: () => Date }): Promise<InMemoryProvider>;
  /** Whether secrets are parameters of Parameter Store, which cannot hold every name, nor an empty value. */
  readonly secretsAreParameters: boolean;
}

const inMemory: Backend = {
  open: async (options) => createInMemoryProvider(options),
  secretsAreParameters: false,
};

/** Who calls. `stranger` is a second developer, who owns nothing. */
export const people = ['admin', 'operator', 'developer', 'viewer', 'stranger'] as const;
export type Person = (typeof people)[number];

export const emailOf = (person: Person): string => `${person}@example.com`;
export const keyOf = (person: Person): string => `key-of-the-${person}-0123456789`;
const roleOf = (person: Person): Role => (person === 'stranger' ? 'developer' : person);

/** As the contract has it: base64 of the unsalted SHA-256. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('base64');

export interface CallOptions {
  /** A string or bytes go out as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: RawRequest['headers'];
}

/** What stands behind the API when it starts. */
export interface Arrangement {
  /** Default: one image, `alpine:3.18`, which is the default. */
  readonly images?: readonly ImageConfig[];
  readonly corsAllowedOrigins?: readonly string[];
  readonly requestTimeoutMs?: number;
}

/** An API that runs, and the world behind it. */
export interface Api extends Overrides {
  readonly port: number;
  /** The provider itself, past every replaced method: for arranging, for looking, and for what tasks do. */
  readonly provider: InMemoryProvider;
  stop(): Promise<void>;
  /** Sends a request; the path is put behind `/api/v1` and is otherwise left alone. */
  call(who: Person | 'nobody', method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** The same, for the JSON of an answer that must be a success. */
  json(who: Person | 'nobody', method: string, path: string, options?: CallOptions): Promise<unknown>;
  /** Moves the clock. */
  setTime(time: Date): void;
  now(): Date;
  /** All that the API has logged so far. */
  logText(): string;
  addUser(user: Partial<User> & { readonly email: string; readonly key: string }): Promise<void>;
  addExecution(execution: Partial<Execution> & { readonly executionId: string }): Promise<void>;
  addSecret(secret: Partial<Secret> & { readonly name: string }): Promise<void>;
}

export type Start = ((arrangement?: Arrangement) => Promise<Api>) & { readonly backend: Backend };

/** Some records keep their times in whole seconds. */
export const toSecond = (time: Date): Date => new Date(Math.floor(time.getTime() / 1_000) * 1_000);

export const alpine: ImageConfig = { image: 'alpine:3.18', registeredBy: emailOf('admin') };
/** Name, tag and the hash of the default configuration. */
export const alpineId = 'alpine:3.18-ddecce05';

const startOfTime = new Date('2026-03-04T05:06:07.890Z');

/** Ties a suite to the API that it tests. What a test starts is stopped when the test ends. */
export function starter(startApi: StartApi, backend: Backend = inMemory): Start {
  const start = async (arrangement: Arrangement = {}): Promise<Api> => {
    let time = startOfTime;
    const now = (): Date => new Date(time);
    const provider = await backend.open({ now });
    const { provider: wrapped, overrides } = overridable(provider);
    const lines: string[] = [];
    const context = { requestId: '' };

    const addUser: Api['addUser'] = ({ key, ...user }) =>
      provider.users.createUser(context, {
        role: 'viewer',
        apiKeyHash: hashOfKey(key),
        createdAt: startOfTime,
        revoked: false,
        createdByRequestId: '',
        modifiedByRequestId: '',
        ...user,
      });
    for (const person of people)
      await addUser({ email: emailOf(person), role: roleOf(person), key: keyOf(person) });
    for (const image of arrangement.images ?? [alpine])
      await provider.imageRegistry.registerImage(context, image);

    const api = await startApi({
      provider: wrapped,
      now,
      corsAllowedOrigins: arrangement.corsAllowedOrigins ?? [],
      requestTimeoutMs: arrangement.requestTimeoutMs ?? 60_000,
      onLogLine: (line) => lines.push(line),
    });
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopped ??= api.stop());
    onTestFinished(async () => {
      await stop();
      await provider.close();
    });

    const call: Api['call'] = async (who, method, path, { body, headers } = {}) => {
      const answer = await send(api.port, {
        method,
        path: `/api/v1${path}`,
        headers: { ...(who === 'nobody' ? {} : { 'X-API-Key': keyOf(who) }), ...headers },
        body:
          body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
            ? body
            : JSON.stringify(body),
      });
      expectCommonHeaders(method, answer);
      return answer;
    };

    return {
      ...overrides,
      port: api.port,
      provider,
      stop,
      call,
      json: async (who, method, path, options) => {
        const answer = await call(who, method, path, options);
        if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
        return jsonOf(answer);
      },
      setTime: (to) => {
        time = to;
      },
      now,
      logText: () => lines.join('\n'),
      addUser,
      addExecution: (execution) =>
        provider.executions.createExecution(context, {
          createdBy: emailOf('admin'),
          ownedBy: [emailOf('admin')],
          command: 'true',
          status: 'SUCCEEDED',
          startedAt: startOfTime,
          exitCode: 0,
          createdByRequestId: '',
          modifiedByRequestId: '',
          ...execution,
        }),
      addSecret: (secret) =>
        provider.secrets.createSecret(context, {
          keyName: 'PLANTED',
          value: 'planted-value',
          createdBy: emailOf('admin'),
          updatedBy: emailOf('admin'),
          ownedBy: [emailOf('admin')],
          createdAt: startOfTime,
          updatedAt: startOfTime,
          createdByRequestId: '',
          modifiedByRequestId: '',
          ...secret,
        }),
    };
  };
  return Object.assign(start, { backend });
}
