import { describe, expect, it } from 'vitest';

import type { ModelledProvider } from '../../aws-model/modelled-provider.js';
import { findAccountId } from '../../../src/providers/aws/find-account-id.js';
import { at, collect, ctx, failureOf, openSpoiled } from './bad-answers.js';

type Call = (provider: ModelledProvider) => Promise<unknown>;

const user = 'ada@example.com';
const image = { image: 'alpine:3.18', registeredBy: user };
const imageId = 'alpine:3.18-ddecce05';
const secret = {
  name: 's',
  keyName: 'S',
  value: 'v',
  createdBy: user,
  updatedBy: user,
  ownedBy: [user],
  createdAt: at,
  updatedAt: at,
  createdByRequestId: '',
  modifiedByRequestId: '',
};
const start: Call = ({ taskExecutor }) => taskExecutor.startTask(ctx, user, { imageId, command: 'true' });

describe('an answer without the field that is needed', () => {
  it.each<[string, string, object, Call]>([
    ['of RunTask, no task', 'ecs.RunTask', {}, start],
    ['of RunTask, a task without an ARN', 'ecs.RunTask', { tasks: [{}] }, start],
    [
      'of RegisterTaskDefinition',
      'ecs.RegisterTaskDefinition',
      { taskDefinition: {} },
      ({ imageRegistry }) => imageRegistry.registerImage(ctx, { ...image, image: 'new:1' }),
    ],
    ['of GetParameter', 'ssm.GetParameter', { Parameter: {} }, ({ secrets }) => secrets.findSecret(ctx, 's')],
    [
      'of StartQuery',
      'logs.StartQuery',
      {},
      ({ backendObservability }) => backendObservability.fetchBackendLogs(ctx, 'r'),
    ],
  ])('is a typed error: %s', async (_name, operation, answer, call) => {
    const { provider, spoil } = await openSpoiled();
    await provider.imageRegistry.registerImage(ctx, image);
    await provider.secrets.createSecret(ctx, secret);
    spoil({ [operation]: () => answer });

    expect((await failureOf(() => call(provider))).code).toBe('INTERNAL_ERROR');
  });

  it('of DescribeTasks is a task that nobody knows', async () => {
    const { provider, spoil } = await openSpoiled();
    spoil({ 'ecs.DescribeTasks': () => ({ tasks: [{}, { lastStatus: 'STOPPED' }] }) });

    expect((await provider.taskObserver.describeTasks(ctx, ['a'.repeat(32)])).size).toBe(0);
  });

  it.each([{}, { Account: '' }])('of GetCallerIdentity is a typed error: %j', async (answer) => {
    const sts = { send: async () => answer } as never;

    expect(await failureOf(() => findAccountId(sts))).toMatchObject({
      code: 'INTERNAL_ERROR',
      message: expect.stringContaining('STS returned empty account ID') as string,
    });
  });
});

/** One call for each operation that the provider sends. */
const calls: readonly (readonly [string, Call])[] = [
  ['ecs.RunTask', start],
  ['ecs.DescribeTasks', ({ taskExecutor }) => taskExecutor.killTask(ctx, 'a'.repeat(32))],
  ['ecs.ListTasks', ({ taskObserver }) => collect(taskObserver.listTasks(ctx))],
  ['ecs.ListTaskDefinitions', ({ healthReconciler }) => healthReconciler.reconcile(ctx)],
  [
    'ecs.RegisterTaskDefinition',
    ({ imageRegistry }) => imageRegistry.registerImage(ctx, { ...image, image: 'new:1' }),
  ],
  [
    'iam.GetRole',
    ({ imageRegistry }) =>
      imageRegistry.registerImage(ctx, { ...image, permissions: { taskRole: 'task-role' } }),
  ],
  ['dynamodb.GetItem', ({ executions }) => executions.findExecution(ctx, 'e')],
  ['dynamodb.PutItem', ({ secrets }) => secrets.createSecret(ctx, { ...secret, name: 'new' })],
  [
    'dynamodb.UpdateItem',
    ({ secrets }) => secrets.updateSecret(ctx, 's', { updatedBy: user, updatedAt: at }),
  ],
  ['dynamodb.DeleteItem', ({ secrets }) => secrets.deleteSecret(ctx, 's')],
  ['dynamodb.Scan', ({ imageRegistry }) => imageRegistry.listImages(ctx)],
  ['dynamodb.Query', ({ imageRegistry }) => imageRegistry.getDefaultImage(ctx)],
  ['dynamodb.TransactWriteItems', ({ imageRegistry }) => imageRegistry.setDefaultImage(ctx, imageId)],
  ['ssm.PutParameter', ({ secrets }) => secrets.createSecret(ctx, { ...secret, name: 'new' })],
  ['ssm.GetParameter', ({ secrets }) => secrets.findSecret(ctx, 's')],
  ['ssm.DeleteParameter', ({ secrets }) => secrets.deleteSecret(ctx, 's')],
  ['ssm.GetParametersByPath', ({ healthReconciler }) => healthReconciler.reconcile(ctx)],
  ['logs.DescribeLogStreams', ({ logAggregator }) => logAggregator.fetchExecutionLogs(ctx, 'a'.repeat(32))],
  ['logs.DescribeLogGroups', ({ backendObservability }) => backendObservability.fetchBackendLogs(ctx, 'r')],
  ['logs.StartQuery', ({ backendObservability }) => backendObservability.fetchBackendLogs(ctx, 'r')],
  ['logs.GetQueryResults', ({ backendObservability }) => backendObservability.fetchBackendLogs(ctx, 'r')],
];

const nameless = Object.assign(new Error('sdk text'), { name: undefined });

describe.each([
  ['without a name', nameless],
  ['that is a text', 'thrown text'],
  ['that is an object', { code: 'Odd' }],
  ['that is nothing', undefined],
])('an error of the SDK %s', (_name, thrown) => {
  it.each(calls)('is a typed error with what it was as its cause: %s', async (operation, call) => {
    const { provider, spoil } = await openSpoiled();
    await provider.imageRegistry.registerImage(ctx, image);
    await provider.secrets.createSecret(ctx, secret);
    spoil({
      [operation]: () => {
        // That it is no error is the point.
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw thrown;
      },
    });

    const failure = await failureOf(() => call(provider));

    expect(['INTERNAL_ERROR', 'DATABASE_ERROR']).toContain(failure.code);
    if (thrown !== undefined) expect(failure.cause).toBe(thrown);
  });
});

describe('what failed half way', () => {
  const refused = (): never => {
    throw Object.assign(new Error('no'), { name: 'InternalServerError', $fault: 'server' });
  };

  it('is finished by a retry when a secret could neither be written nor taken back', async () => {
    const { provider, spoil } = await openSpoiled();
    spoil({ 'ssm.PutParameter': refused, 'dynamodb.DeleteItem': refused });
    expect((await failureOf(() => provider.secrets.createSecret(ctx, secret))).code).toBe('DATABASE_ERROR');
    spoil({});
    const somebodyElse = { ...secret, createdBy: 'bob@example.com' };
    expect(await failureOf(() => provider.secrets.createSecret(ctx, somebodyElse))).toMatchObject({
      code: 'SECRET_ALREADY_EXISTS',
    });

    await provider.secrets.createSecret(ctx, secret);

    expect(await provider.secrets.findSecret(ctx, 's')).toMatchObject({ value: 'v' });
    expect(await failureOf(() => provider.secrets.createSecret(ctx, secret))).toMatchObject({
      code: 'SECRET_ALREADY_EXISTS',
    });
  });

  it('is finished by a retry when a secret was not deleted to the end', async () => {
    const { provider, spoil } = await openSpoiled();
    await provider.secrets.createSecret(ctx, secret);
    spoil({ 'dynamodb.DeleteItem': refused });
    await failureOf(() => provider.secrets.deleteSecret(ctx, 's'));
    spoil({});

    await provider.secrets.deleteSecret(ctx, 's');

    expect(await provider.secrets.listSecrets(ctx)).toEqual([]);
  });

  it('is finished by a retry when the answer to a record of an execution was lost', async () => {
    const { provider, spoil } = await openSpoiled();
    const execution = {
      executionId: 'e',
      createdBy: user,
      ownedBy: [user],
      command: 'true',
      status: 'STARTING' as const,
      startedAt: at,
      exitCode: 0,
      createdByRequestId: '',
      modifiedByRequestId: '',
    };
    spoil({ 'dynamodb.PutItem': async (apply) => (await apply(), refused()) });
    await failureOf(() => provider.executions.createExecution(ctx, execution));
    spoil({});

    await provider.executions.createExecution(ctx, execution);

    expect(await collect(provider.executions.listExecutions(ctx))).toHaveLength(1);
  });

  it.each(['dynamodb.TransactWriteItems', 'ecs.RegisterTaskDefinition'])(
    'is finished by a retry when an image failed at %s, and no definition is left over',
    async (operation) => {
      const { provider, spoil } = await openSpoiled();
      spoil({ [operation]: refused });
      await failureOf(() => provider.imageRegistry.registerImage(ctx, image));
      spoil({});

      await provider.imageRegistry.registerImage(ctx, image);

      expect(await provider.imageRegistry.getImage(ctx, '')).toMatchObject({ imageId });
      const definitions = [...provider.cloud.state.ecs.definitions.values()];
      expect(definitions.filter(({ status }) => status === 'ACTIVE')).toHaveLength(1);
    },
  );
});

describe('secrets that Parameter Store cannot hold', () => {
  it.each([
    [{ name: 'with space' }],
    [{ name: 'ünï' }],
    [{ name: '' }],
    [{ name: '/a' }],
    [{ name: 'a//b' }],
    [{ name: 'a'.repeat(1_000) }],
    [{ name: Array.from({ length: 14 }, () => 'a').join('/') }],
    [{ value: '' }],
    [{ value: 'x'.repeat(4_097) }],
    [{ value: 'ä'.repeat(2_049) }],
  ])('are refused before anything is written: %j', async (change) => {
    const { provider, spoil } = await openSpoiled();
    const asked: string[] = [];
    const note = (operation: string) => async (apply: () => Promise<unknown>) => {
      asked.push(operation);
      return apply();
    };
    spoil({ 'dynamodb.PutItem': note('PutItem'), 'ssm.PutParameter': note('PutParameter') });

    const failure = await failureOf(() => provider.secrets.createSecret(ctx, { ...secret, ...change }));

    expect(failure).toMatchObject({ code: 'INVALID_REQUEST', status: 400 });
    expect(asked).toEqual([]);
  });

  it('are refused in an update as well, and the old value stays', async () => {
    const { provider } = await openSpoiled();
    await provider.secrets.createSecret(ctx, secret);
    const update = { value: 'x'.repeat(4_097), updatedBy: user, updatedAt: at };

    expect((await failureOf(() => provider.secrets.updateSecret(ctx, 's', update))).code).toBe(
      'INVALID_REQUEST',
    );
    expect(await provider.secrets.findSecret(ctx, 's')).toMatchObject({ value: 'v' });
  });

  it('are held up to the limit', async () => {
    const { provider } = await openSpoiled();
    const longest = { ...secret, name: 'a/b_c.d-e', value: 'x'.repeat(4_096) };

    await provider.secrets.createSecret(ctx, longest);

    expect(await provider.secrets.findSecret(ctx, longest.name)).toMatchObject({ value: longest.value });
  });
});
