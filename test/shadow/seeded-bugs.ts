import type { Runner } from '../../legacy/runner.js';
import type { Party } from '../../legacy/shadow/script.js';
import type { RunnerWorld } from '../../legacy/shadow/world.js';
import { AppError } from '../../src/contracts/index.js';
import { parties } from './shadow-laboratory.js';

type Make = (world: RunnerWorld) => Runner;
type Command = { readonly constructor: { readonly name: string }; input: Record<string, unknown> };
type SendCommand = (command: Command, options?: unknown) => Promise<unknown>;

/** A mistake in a candidate, and the methods in which it shows. */
export interface SeededBug {
  readonly name: string;
  readonly make: (party: Make) => Make;
}

/** A party over clients that do not do quite what they are told. */
function overClients(name: string, change: (send: SendCommand) => SendCommand): SeededBug {
  const client = (real: object): object => ({
    send: change((command, options) => (real as { send: SendCommand }).send(command, options)),
  });
  return {
    name,
    make: (party) => (world) => {
      const { ecs, dynamodb, logs, iam } = world.clients;
      const clients = { ecs: client(ecs), dynamodb: client(dynamodb), logs: client(logs), iam: client(iam) };
      return party({ ...world, clients: clients as unknown as RunnerWorld['clients'] });
    },
  };
}

/** A party whose methods are changed by hand. */
function overMethods(
  name: string,
  change: (runner: Runner, world: RunnerWorld) => Partial<Runner>,
): SeededBug {
  return {
    name,
    make: (party) => (world) => {
      const runner = party(world);
      return Object.assign(Object.create(runner) as Runner, change(runner, world));
    },
  };
}

const isA = (command: Command, name: string): boolean => command.constructor.name === `${name}Command`;

/** Mistakes of a candidate. Each has to be found, whichever party is the candidate. */
export const seededBugs: readonly SeededBug[] = [
  overClients('a read is made twice', (send) => async (command, options) => {
    if (isA(command, 'GetItem')) await send(command, options);
    return send(command, options);
  }),
  overClients(
    'a look before a stop is left out',
    (send) => async (command, options) =>
      isA(command, 'DescribeTasks')
        ? { tasks: [{ taskArn: 'arn:aws:ecs:us-east-1:123456789012:task/c/x', lastStatus: 'RUNNING' }] }
        : send(command, options),
  ),
  overClients('what a write says is another', (send) => (command, options) => {
    if (isA(command, 'PutItem')) {
      const { created_by: _, ...item } = command.input['Item'] as Record<string, unknown>;
      command.input['Item'] = item;
    }
    return send(command, options);
  }),
  overClients('a read became consistent', (send) => (command, options) => {
    if (isA(command, 'Scan')) command.input['ConsistentRead'] = true;
    return send(command, options);
  }),
  overClients('reading a log stops early', (send) => async (command, options) => {
    const answer = await send(command, options);
    return isA(command, 'GetLogEvents') ? { ...(answer as object), nextForwardToken: undefined } : answer;
  }),
  overClients(
    'a failed request is tried again',
    (send) => (command, options) =>
      send(command, options).catch((error: unknown) => {
        if ((error as Error).name !== 'ThrottlingException') throw error;
        return send(command, options);
      }),
  ),
  overMethods('a code is renamed', (runner) => ({
    removeImage: (ctx, image) =>
      runner.removeImage(ctx, image).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
        throw new AppError('CONFLICT', error.message, { cause: error.cause });
      }),
  })),
  overMethods('a cause is lost', (runner) => ({
    listImages: (ctx) =>
      runner.listImages(ctx).catch((error: unknown) => {
        const { message, code } = error as AppError;
        throw new AppError(code ?? 'INTERNAL_ERROR', message.replace(/: .*/, ''));
      }),
  })),
  overMethods('an argument is dropped', (runner) => ({
    registerImage: (ctx, image, isDefault, taskRole, _executionRole, cpu, memory, platform, by) =>
      runner.registerImage(ctx, image, isDefault, taskRole, undefined, cpu, memory, platform, by),
  })),
  overMethods('a value has lost a member', (runner) => ({
    getImage: async (ctx, image) => {
      const { imageName: _, ...info } = await runner.getImage(ctx, image);
      return info;
    },
  })),
  overMethods('an error is swallowed', (runner) => ({
    fetchBackendLogs: (ctx, requestId) => runner.fetchBackendLogs(ctx, requestId).catch(() => []),
  })),
  overMethods('a secret is put where anybody can read it', (runner) => ({
    startTask: (ctx, email, request) =>
      runner.startTask(ctx, [email, ...Object.values(request.env ?? {})].join(' '), request),
  })),
];

/** The parties, the candidate with a mistake. */
export function withBug(candidate: Party, { make }: SeededBug): Readonly<Record<Party, Make>> {
  return { ...parties, [candidate]: make(parties[candidate]) };
}
