import { describe, expect, it } from 'vitest';

import type { Item } from '../aws-model/dynamodb/attribute-value.js';
import { openModelledProvider } from '../aws-model/modelled-provider.js';

const ctx = { requestId: 'req-2' };
const at = new Date('2026-03-04T05:06:07.890Z');
const seconds = '1772600767';

/** A provider, the items of one of its tables as they are stored, and the means to put some there. */
async function openTable(name: string) {
  const provider = await openModelledProvider({ now: () => at });
  const table = provider.cloud.state.dynamodb.tables.get(`runvoy-${name}`);
  return {
    provider,
    items: (): unknown[] => [...(table?.items.values() ?? [])],
    put: (Item: Item) =>
      provider.cloud.handle('dynamodb', 'PutItem', { TableName: `runvoy-${name}`, Item }) as unknown,
  };
}

describe('items of executions', () => {
  const started = {
    execution_id: { S: 'e-1' },
    _all: { S: '1' },
    started_at: { N: seconds },
    created_by: { S: 'ada@example.com' },
    owned_by: { L: [{ S: 'ada@example.com' }] },
    command: { S: 'make' },
    created_by_request_id: { S: 'req-1' },
    compute_platform: { S: 'AWS' },
  };

  it("are the original's, from the start to the end", async () => {
    const { provider, items } = await openTable('executions');

    await provider.executions.createExecution(ctx, {
      executionId: 'e-1',
      createdBy: 'ada@example.com',
      ownedBy: ['ada@example.com'],
      command: 'make',
      status: 'STARTING',
      startedAt: at,
      exitCode: 0,
      createdByRequestId: 'req-1',
      modifiedByRequestId: 'req-1',
      cloud: 'AWS',
    });
    const first = { status: { S: 'STARTING' }, modified_by_request_id: { S: 'req-1' } };
    expect(items()).toEqual([{ ...started, ...first }]);

    await provider.executions.transition(ctx, 'e-1', {
      from: ['STARTING'],
      to: 'FAILED',
      completedAt: new Date(at.getTime() + 2_500),
      exitCode: 3,
      durationSeconds: 2,
      requestId: 'req-2',
    });
    expect(items()).toEqual([
      {
        ...started,
        status: { S: 'FAILED' },
        completed_at: { N: '1772600770' },
        exit_code: { N: '3' },
        duration_seconds: { N: '2' },
        modified_by_request_id: { S: 'req-2' },
      },
    ]);
  });

  it('are read as the original leaves them, a null list and an unknown status included', async () => {
    const { provider, put } = await openTable('executions');
    put({ ...started, owned_by: { NULL: true }, status: { S: 'PAUSED' }, more: { BOOL: true } });

    expect(await provider.executions.findExecution(ctx, 'e-1')).toEqual({
      executionId: 'e-1',
      createdBy: 'ada@example.com',
      ownedBy: [],
      command: 'make',
      status: 'PAUSED',
      startedAt: new Date('2026-03-04T05:06:07Z'),
      exitCode: 0,
      createdByRequestId: 'req-1',
      modifiedByRequestId: '',
      cloud: 'AWS',
    });
  });
});

it("items of users are the original's", async () => {
  const { provider, items } = await openTable('api-keys');
  const { users } = provider;

  await users.createUser(ctx, {
    email: 'ada@example.com',
    role: 'developer',
    apiKeyHash: 'hash=',
    createdAt: at,
    revoked: false,
    expiresAt: at,
    createdByRequestId: 'req-1',
    modifiedByRequestId: 'req-1',
  });
  const item = {
    api_key_hash: { S: 'hash=' },
    _all: { S: 'USER' },
    user_email: { S: 'ada@example.com' },
    role: { S: 'developer' },
    created_at: { S: '2026-03-04T05:06:07.890Z' },
    revoked: { BOOL: false },
    created_by_request_id: { S: 'req-1' },
    modified_by_request_id: { S: 'req-1' },
  };
  expect(items()).toEqual([{ ...item, expires_at: { N: seconds } }]);

  await users.removeExpiry(ctx, 'ada@example.com');
  await users.recordLastUsed(ctx, 'ada@example.com', at);
  await users.revokeUser({}, 'ada@example.com');
  expect(items()).toEqual([
    {
      ...item,
      modified_by_request_id: { S: 'req-2' },
      last_used: { S: '2026-03-04T05:06:07.890Z' },
      revoked: { BOOL: true },
    },
  ]);
});

it("items of pending keys are the original's, but for the key once it is claimed", async () => {
  const { provider, items } = await openTable('pending-api-keys');

  await provider.pendingKeys.createPendingKey(ctx, {
    token: 'token',
    apiKey: 'key',
    userEmail: 'bob@example.com',
    createdBy: 'ada@example.com',
    createdAt: at,
    expiresAt: at,
    viewed: false,
  });
  const item = {
    secret_token: { S: 'token' },
    user_email: { S: 'bob@example.com' },
    created_by: { S: 'ada@example.com' },
    created_at: { N: seconds },
    expires_at: { N: seconds },
  };
  expect(items()).toEqual([{ ...item, api_key: { S: 'key' }, viewed: { BOOL: false } }]);

  await provider.pendingKeys.markViewed(ctx, 'token', { at, from: '203.0.113.7' });
  expect(items()).toEqual([
    { ...item, viewed: { BOOL: true }, viewed_at: { N: seconds }, viewed_from_ip: { S: '203.0.113.7' } },
  ]);
});

it("items of secrets are the original's, and their values parameters", async () => {
  const { provider, items } = await openTable('secrets-metadata');
  const { parameters } = provider.cloud.state.ssm;

  await provider.secrets.createSecret(ctx, {
    name: 'deploy/key',
    keyName: 'DEPLOY_KEY',
    value: 'hush',
    createdBy: 'ada@example.com',
    updatedBy: 'ada@example.com',
    ownedBy: ['ada@example.com'],
    createdAt: at,
    updatedAt: at,
    createdByRequestId: 'req-1',
    modifiedByRequestId: 'req-1',
  });
  const item = {
    secret_name: { S: 'deploy/key' },
    key_name: { S: 'DEPLOY_KEY' },
    description: { S: '' },
    created_by: { S: 'ada@example.com' },
    updated_by: { S: 'ada@example.com' },
    owned_by: { L: [{ S: 'ada@example.com' }] },
    created_at: { S: '2026-03-04T05:06:07.890Z' },
    updated_at: { S: '2026-03-04T05:06:07.890Z' },
    created_by_request_id: { S: 'req-1' },
    modified_by_request_id: { S: 'req-1' },
  };
  expect(items()).toEqual([item]);
  expect([...parameters.values()]).toMatchObject([
    { name: '/runvoy/secrets/deploy/key', type: 'SecureString', value: 'hush' },
  ]);

  await provider.secrets.updateSecret(ctx, 'deploy/key', {
    value: 'new',
    description: 'for deploys',
    updatedBy: 'bob@example.com',
    updatedAt: new Date(at.getTime() + 1_000),
  });
  expect(items()).toEqual([
    {
      ...item,
      description: { S: 'for deploys' },
      updated_by: { S: 'bob@example.com' },
      updated_at: { S: '2026-03-04T05:06:08.890Z' },
      modified_by_request_id: { S: 'req-2' },
    },
  ]);
  expect([...parameters.values()]).toMatchObject([{ value: 'new' }]);

  await provider.secrets.deleteSecret(ctx, 'deploy/key');
  expect([items(), [...parameters.keys()]]).toEqual([[], []]);
});

it("items of stream tokens are the original's, with the position that a stream begins at", async () => {
  const { provider, items } = await openTable('websocket-tokens');

  await provider.streamTokens.createStreamToken(ctx, {
    token: 'token',
    executionId: 'e-1',
    position: '17',
    createdBy: 'ada@example.com',
    createdAt: at,
    expiresAt: at,
    clientAddress: '203.0.113.7',
  });

  expect(items()).toEqual([
    {
      token: { S: 'token' },
      execution_id: { S: 'e-1' },
      position: { S: '17' },
      user_email: { S: 'ada@example.com' },
      client_ip_at_creation_time: { S: '203.0.113.7' },
      created_at: { N: seconds },
      expires_at: { N: seconds },
    },
  ]);
});

it('times with nanoseconds and zones are read, as the original writes them', async () => {
  const { provider, put } = await openTable('api-keys');
  put({
    api_key_hash: { S: 'hash' },
    user_email: { S: 'ada@example.com' },
    role: { S: 'viewer' },
    created_at: { S: '2025-11-21T02:00:24.951407774+01:00' },
    revoked: { BOOL: false },
    _all: { S: 'USER' },
  });

  expect(await provider.users.listUsers(ctx)).toMatchObject([
    { createdAt: new Date('2025-11-21T01:00:24.951Z'), role: 'viewer' },
  ]);
});
