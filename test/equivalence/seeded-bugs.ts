import type { LegacyRunner } from '../../legacy/legacy-runner.js';
import { AppError } from '../../src/contracts/index.js';
import type { Implementation } from '../../src/testing/index.js';
import { facadeOver } from './implementations.js';
import { runnerImplementation } from './runner-implementation.js';
import type { RunnerParts } from './runner-implementation.js';

type Send = (
  command: { readonly constructor: { readonly name: string }; input: Record<string, unknown> },
  options?: object,
) => Promise<unknown>;

/** The facade over clients that do not do quite what they are told. */
function overClients(name: string, change: (send: Send) => Send): Implementation {
  return runnerImplementation(name, (parts) => {
    const client = (real: object): { send: Send } => ({
      send: change((command, options) => (real as { send: Send }).send(command, options)),
    });
    const { ecs, dynamodb, iam, logs } = parts.clients;
    const clients = { ecs: client(ecs), dynamodb: client(dynamodb), iam: client(iam), logs: client(logs) };
    return facadeOver({
      ...parts,
      clients: { ...parts.clients, ...clients } as unknown as RunnerParts['clients'],
    });
  });
}

/** A facade whose methods are changed by hand. */
function overMethods(
  name: string,
  change: (runner: LegacyRunner, parts: RunnerParts) => Partial<LegacyRunner>,
): Implementation {
  return runnerImplementation(name, (parts) => {
    const runner = facadeOver(parts);
    return Object.assign(Object.create(runner) as LegacyRunner, change(runner, parts));
  });
}

const named = (command: { readonly constructor: { readonly name: string } }, name: string): boolean =>
  command.constructor.name === `${name}Command`;

/** Mistakes that people make when they split an interface. Each must be found, or the proof proves nothing. */
export const seededBugs: readonly Implementation[] = [
  overMethods('an argument is dropped', (runner) => ({
    registerImage: (ctx, image, isDefault, taskRole, _executionRole, cpu, memory, platform, by) =>
      runner.registerImage(ctx, image, isDefault, taskRole, undefined, cpu, memory, platform, by),
  })),
  overMethods('two arguments are swapped', (runner) => ({
    registerImage: (ctx, image, isDefault, taskRole, executionRole, cpu, memory, platform, by) =>
      runner.registerImage(ctx, image, isDefault, taskRole, executionRole, memory, cpu, platform, by),
  })),
  overMethods('a code is renamed', (runner) => ({
    killTask: async (ctx, id) =>
      runner.killTask(ctx, id).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
        throw new AppError('INVALID_REQUEST', error.message, { cause: error.cause });
      }),
  })),
  overMethods('a cause is lost', (runner) => ({
    removeImage: async (ctx, image) =>
      runner.removeImage(ctx, image).catch((error: unknown) => {
        throw error instanceof AppError ? new AppError(error.code, error.message) : error;
      }),
  })),
  overMethods('the clock is read twice', (runner, { now }) => ({
    registerImage: (...args) => {
      now();
      return runner.registerImage(...args);
    },
  })),
  overMethods('a read is shared', (runner) => {
    const inFlight = new Map<string, ReturnType<LegacyRunner['getImage']>>();
    return {
      getImage: (ctx, image) => {
        const shared =
          inFlight.get(image) ?? runner.getImage(ctx, image).finally(() => inFlight.delete(image));
        inFlight.set(image, shared);
        return shared;
      },
    };
  }),
  overMethods('an argument is written into', (runner) => ({
    startTask: (ctx, email, request) =>
      runner.startTask(ctx, email, Object.assign(request, { image: request.image ?? '' })),
  })),
  overClients('paging of log groups stops early', (send) => async (command, options) => {
    const answer = await send(command, options);
    return named(command, 'DescribeLogGroups') ? { ...(answer as object), nextToken: undefined } : answer;
  }),
  overClients('paging of the table stops early', (send) => async (command, options) => {
    const answer = await send(command, options);
    return named(command, 'Scan') ? { ...(answer as object), LastEvaluatedKey: undefined } : answer;
  }),
  overClients('a condition is lost', (send) => (command, options) => {
    if (named(command, 'PutItem')) delete command.input['ConditionExpression'];
    return send(command, options);
  }),
  overClients('a tag is forgotten', (send) => (command, options) => {
    if (named(command, 'RunTask')) (command.input['tags'] as unknown[]).pop();
    return send(command, options);
  }),
  overClients('the request of a caller who hung up goes on', (send) => (command) => send(command)),
  overMethods('a switch of the default is reordered', (_runner, parts) => {
    const reversed = facadeOver({
      ...parts,
      clients: {
        ...parts.clients,
        dynamodb: {
          send: (command: { input: { TransactItems?: unknown[] } }, options: object) => {
            command.input.TransactItems?.reverse();
            return (parts.clients.dynamodb as unknown as { send: Send }).send(command, options);
          },
        },
      } as unknown as RunnerParts['clients'],
    });
    return { registerImage: (...args) => reversed.registerImage(...args) };
  }),
  overMethods('an outage looks like a refusal', (runner) => ({
    fetchLogsByExecutionId: async (ctx, id) =>
      runner.fetchLogsByExecutionId(ctx, id).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.cause === undefined) throw error;
        throw new AppError('INTERNAL_ERROR', error.message, { cause: error.cause });
      }),
  })),
  overMethods('two kills of one task do not take turns', (_runner, parts) => ({
    killTask: (ctx, id) => facadeOver(parts).killTask(ctx, id),
  })),
  overClients(
    'a retry is added',
    (send) => (command, options) =>
      send(command, options).catch((error: unknown) => {
        if ((error as Error).name !== 'ThrottlingException') throw error;
        return send(command, options);
      }),
  ),
  overClients('a read became consistent', (send) => (command, options) => {
    if (named(command, 'GetItem')) command.input['ConsistentRead'] = true;
    return send(command, options);
  }),
  overMethods('a secret is logged', (runner, { log }) => ({
    startTask: (ctx, email, request) => {
      log.info({ request }, 'starting');
      return runner.startTask(ctx, email, request);
    },
  })),
  overMethods('a warning is lost', (_runner, parts) => {
    const silent = facadeOver({
      ...parts,
      log: Object.assign(Object.create(parts.log) as RunnerParts['log'], { warn: () => undefined }),
    });
    return { registerImage: (...args) => silent.registerImage(...args) };
  }),
];
