import type { ModelledProvider } from '../aws-model/modelled-provider.js';
import { collect } from '../contract/collect.js';

const ctx = { requestId: 'req-1' };
const user = 'ada@example.com';
const at = new Date('2026-03-04T05:06:07Z');
const long = new Date('2026-03-04T04:06:07Z');

/** Calls every method of a provider in such a way that every request is made that it can make. */
export async function useEverything(provider: ModelledProvider): Promise<void> {
  const { imageRegistry, users, pendingKeys, secrets, streamTokens, healthReconciler } = provider;
  const permissions = { taskRole: 'task-role' };
  for (const image of ['alpine:1', 'alpine:2'])
    await imageRegistry.registerImage(ctx, { image, permissions, registeredBy: user });
  await imageRegistry.registerImage(ctx, {
    image: 'alpine:1',
    permissions,
    isDefault: true,
    registeredBy: user,
  });
  const { imageId } = await imageRegistry.getImage(ctx, 'alpine:2');
  await imageRegistry.getImagesByRequestId(ctx, 'req-1');
  await runTasks(provider, imageId);
  await imageRegistry.setDefaultImage(ctx, imageId);
  // The tags of the one that is no longer the default are put right.
  await healthReconciler.reconcile(ctx);
  await imageRegistry.removeImage(ctx, imageId);

  const record = { createdByRequestId: '', modifiedByRequestId: '' };
  await users.createUser(ctx, {
    ...record,
    email: user,
    role: 'admin',
    apiKeyHash: 'hash',
    createdAt: at,
    revoked: false,
    expiresAt: long,
  });
  await users.findUserByApiKeyHash(ctx, 'hash');
  await users.listUsers(ctx);
  await users.deleteExpiredUsers(ctx, at);

  const pending = { userEmail: user, createdBy: user, createdAt: at, expiresAt: long, viewed: false };
  await pendingKeys.createPendingKey(ctx, { ...pending, token: 'token', apiKey: 'key' });
  await pendingKeys.markViewed(ctx, 'token', { at, from: '' });
  await pendingKeys.deleteExpiredPendingKeys(ctx, at);

  await secrets.createSecret(ctx, {
    ...record,
    name: 's',
    keyName: 'S',
    value: 'v',
    createdBy: user,
    updatedBy: user,
    ownedBy: [user],
    createdAt: at,
    updatedAt: at,
  });
  await secrets.findSecret(ctx, 's');
  await secrets.updateSecret(ctx, 's', { value: 'w', updatedBy: user, updatedAt: at });
  await secrets.deleteSecret(ctx, 's');

  await streamTokens.createStreamToken(ctx, {
    token: 'token',
    executionId: 'e',
    createdBy: user,
    createdAt: at,
    expiresAt: long,
  });
  await streamTokens.deleteExpiredStreamTokens(ctx, at);
}

async function runTasks(provider: ModelledProvider, imageId: string): Promise<void> {
  const { taskExecutor, taskObserver, logAggregator, backendObservability, executions, tasks } = provider;
  const { executionId } = await taskExecutor.startTask(ctx, user, { imageId, command: 'true' });
  tasks.begin(executionId);
  tasks.print(executionId, 'line');
  await executions.createExecution(ctx, {
    executionId,
    createdBy: user,
    ownedBy: [user],
    command: 'true',
    status: 'STARTING',
    startedAt: at,
    exitCode: 0,
    createdByRequestId: '',
    modifiedByRequestId: '',
  });
  await executions.transition(ctx, executionId, { from: ['STARTING'], to: 'RUNNING' });
  await collect(executions.listExecutions(ctx));
  await collect(taskObserver.listTasks(ctx));
  await logAggregator.fetchExecutionLogs(ctx, executionId);
  provider.logBackend('req-1', 'served');
  await backendObservability.fetchBackendLogs(ctx, 'req-1');
  // A query that is given up is stopped.
  provider.cloud.state.logs.queryEnd = 'Running';
  await backendObservability.fetchBackendLogs(ctx, 'req-1').catch(() => []);
  await taskExecutor.killTask(ctx, executionId);
}
