import { describe, expect, it } from 'vitest';

import type { ModelledProvider } from '../../aws-model/modelled-provider.js';
import { type BadAnswer, collect, ctx, failureOf, openSpoiled } from './bad-answers.js';

/** Always the same token, on pages that are empty otherwise. */
const sameToken: Readonly<Record<string, BadAnswer>> = {
  'dynamodb.Scan': () => ({ Items: [], LastEvaluatedKey: { key: { S: 'a' } } }),
  'dynamodb.Query': () => ({ Items: [], LastEvaluatedKey: { key: { S: 'a' } } }),
  'ecs.ListTasks': () => ({ taskArns: [], nextToken: 'a' }),
  'ecs.ListTaskDefinitions': () => ({ taskDefinitionArns: [], nextToken: 'a' }),
  'ssm.GetParametersByPath': () => ({ Parameters: [], NextToken: 'a' }),
  'logs.DescribeLogGroups': () => ({ logGroups: [], nextToken: 'a' }),
};

/** A new token each time, for ever. */
const newTokens = (): Readonly<Record<string, BadAnswer>> => {
  let count = 0;
  return { 'logs.GetLogEvents': () => ({ events: [], nextForwardToken: `f/${(count += 1)}` }) };
};

type Call = (provider: ModelledProvider) => Promise<unknown>;

describe('pages that never end', () => {
  it.each<[string, string, Call]>([
    ['the list of users', 'DATABASE_ERROR', ({ users }) => users.listUsers(ctx)],
    ['a user by e-mail', 'DATABASE_ERROR', ({ users }) => users.findUserByEmail(ctx, 'ada@example.com')],
    ['users of a request', 'DATABASE_ERROR', ({ users }) => users.listUsersByRequestId(ctx, 'r')],
    ['expired users', 'DATABASE_ERROR', ({ users }) => users.deleteExpiredUsers(ctx, new Date())],
    ['executions', 'DATABASE_ERROR', ({ executions }) => collect(executions.listExecutions(ctx))],
    [
      'executions of a request',
      'DATABASE_ERROR',
      ({ executions }) => executions.listExecutionsByRequestId(ctx, 'r'),
    ],
    ['secrets', 'DATABASE_ERROR', ({ secrets }) => secrets.listSecrets(ctx)],
    [
      'expired tokens',
      'DATABASE_ERROR',
      ({ streamTokens }) => streamTokens.deleteExpiredStreamTokens(ctx, new Date()),
    ],
    [
      'expired keys',
      'DATABASE_ERROR',
      ({ pendingKeys }) => pendingKeys.deleteExpiredPendingKeys(ctx, new Date()),
    ],
    ['images', 'INTERNAL_ERROR', ({ imageRegistry }) => imageRegistry.listImages(ctx)],
    ['an image by its name', 'INTERNAL_ERROR', ({ imageRegistry }) => imageRegistry.getImage(ctx, 'none:1')],
    ['tasks', 'INTERNAL_ERROR', ({ taskObserver }) => collect(taskObserver.listTasks(ctx))],
    [
      'log groups',
      'INTERNAL_ERROR',
      ({ backendObservability }) => backendObservability.fetchBackendLogs(ctx, 'r'),
    ],
  ])('are a typed error with its cause: %s', async (_name, code, call) => {
    const { provider, spoil } = await openSpoiled();
    spoil(sameToken);

    const failure = await failureOf(() => call(provider));

    expect(failure.code).toBe(code);
    expect(failure.cause).toMatchObject({ message: expect.stringContaining('would never end') as string });
  });

  it.each([['ecs.ListTaskDefinitions'], ['ssm.GetParametersByPath']] as const)(
    'end a reconciliation with a typed error: %s',
    async (operation) => {
      const { provider, spoil } = await openSpoiled();
      spoil({ [operation]: sameToken[operation] as BadAnswer });

      const failure = await failureOf(() => provider.healthReconciler.reconcile(ctx));

      expect(failure.cause).toMatchObject({ message: expect.stringContaining('would never end') as string });
    },
  );

  it('do not keep an image from being removed', async () => {
    const { provider, spoil } = await openSpoiled();
    await provider.imageRegistry.registerImage(ctx, {
      image: 'alpine:3.18',
      registeredBy: 'ada@example.com',
    });
    spoil({ 'ecs.ListTaskDefinitions': sameToken['ecs.ListTaskDefinitions'] as BadAnswer });

    await provider.imageRegistry.removeImage(ctx, 'alpine:3.18-ddecce05');

    expect(await provider.imageRegistry.listImages(ctx)).toEqual([]);
  });

  it('of a log that is empty from some point on are a typed error', async () => {
    const { provider, spoil } = await openSpoiled();
    const { imageId } = await registered(provider);
    const { executionId } = await provider.taskExecutor.startTask(ctx, 'ada@example.com', {
      imageId,
      command: 'true',
    });
    provider.tasks.begin(executionId);
    spoil(newTokens());

    const failure = await failureOf(() => provider.logAggregator.fetchExecutionLogs(ctx, executionId));

    expect(failure).toMatchObject({ code: 'INTERNAL_ERROR', message: 'failed to get log events' });
    expect(failure.cause).toBeInstanceOf(Error);
  });
});

async function registered({ imageRegistry }: ModelledProvider) {
  await imageRegistry.registerImage(ctx, { image: 'alpine:3.18', registeredBy: 'ada@example.com' });
  return imageRegistry.getImage(ctx, 'alpine:3.18');
}
