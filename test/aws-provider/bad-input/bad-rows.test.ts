import { describe, expect, it } from 'vitest';

import type { Item } from '../../aws-model/dynamodb/attribute-value.js';
import { openModelledProvider, type ModelledProvider } from '../../aws-model/modelled-provider.js';
import { at, collect, ctx, failureOf } from './bad-answers.js';

interface Table {
  readonly name: string;
  /** A row as it should be. */
  readonly row: Item;
  readonly code: string;
  readonly read: (provider: ModelledProvider) => Promise<unknown>;
  readonly list?: (provider: ModelledProvider) => Promise<unknown>;
  /** What is wrong with each row: attributes that are replaced, or gone where there is no value. */
  readonly wrong: readonly Readonly<Record<string, Item[string] | undefined>>[];
}

const time = { N: '1772600767' };
const text = { S: '2026-03-04T05:06:07Z' };

const tables: readonly Table[] = [
  {
    name: 'executions',
    row: {
      execution_id: { S: 'e' },
      _all: { S: '1' },
      started_at: time,
      created_by: { S: 'ada@example.com' },
      command: { S: 'make' },
      status: { S: 'RUNNING' },
    },
    code: 'DATABASE_ERROR',
    read: ({ executions }) => executions.findExecution(ctx, 'e'),
    wrong: [
      { created_by: undefined },
      { status: undefined },
      { status: { N: '1' }, completed_at: { S: 'soon' } },
      { completed_at: { N: '99999999999999' } },
      { exit_code: { N: '1.5' } },
      { owned_by: { M: {} } },
    ],
  },
  {
    name: 'api-keys',
    row: {
      api_key_hash: { S: 'hash' },
      _all: { S: 'USER' },
      user_email: { S: 'ada@example.com' },
      role: { S: 'viewer' },
      created_at: text,
      revoked: { BOOL: false },
    },
    code: 'DATABASE_ERROR',
    read: ({ users }) => users.findUserByApiKeyHash(ctx, 'hash'),
    wrong: [
      { role: { S: 'emperor' } },
      { role: undefined },
      { created_at: { S: 'yesterday' } },
      { created_at: undefined },
      { revoked: { S: 'true' } },
      { expires_at: { S: 'soon' } },
    ],
  },
  {
    name: 'pending-api-keys',
    row: {
      secret_token: { S: 'token' },
      api_key: { S: 'key' },
      user_email: { S: 'bob@example.com' },
      created_by: { S: 'ada@example.com' },
      created_at: time,
      expires_at: time,
      viewed: { BOOL: false },
    },
    code: 'DATABASE_ERROR',
    read: ({ pendingKeys }) => pendingKeys.findPendingKey(ctx, 'token'),
    wrong: [
      { user_email: undefined },
      { expires_at: undefined },
      { expires_at: { S: 'never' } },
      { viewed: { N: '0' } },
    ],
  },
  {
    name: 'secrets-metadata',
    row: {
      secret_name: { S: 's' },
      key_name: { S: 'S' },
      created_by: { S: 'ada@example.com' },
      updated_by: { S: 'ada@example.com' },
      created_at: text,
      updated_at: text,
    },
    code: 'DATABASE_ERROR',
    read: ({ secrets }) => secrets.findSecretMetadata(ctx, 's'),
    list: ({ secrets }) => secrets.listSecrets(ctx),
    wrong: [{ created_at: undefined }, { updated_at: { N: '1' } }, { key_name: { BOOL: true } }],
  },
  {
    name: 'websocket-tokens',
    row: {
      token: { S: 'token' },
      execution_id: { S: 'e' },
      user_email: { S: 'ada@example.com' },
      created_at: time,
      expires_at: time,
    },
    code: 'DATABASE_ERROR',
    read: ({ streamTokens }) => streamTokens.findStreamToken(ctx, 'token'),
    wrong: [{ execution_id: undefined }, { expires_at: undefined }, { created_at: { S: '1' } }],
  },
  {
    name: 'image-taskdefs',
    row: {
      image_id: { S: 'alpine:3.18-ddecce05' },
      image: { S: 'alpine:3.18' },
      cpu: { S: '256' },
      memory: { S: '512' },
      created_at: time,
    },
    code: 'INTERNAL_ERROR',
    read: ({ imageRegistry }) => imageRegistry.getImage(ctx, 'alpine:3.18-ddecce05'),
    list: ({ imageRegistry }) => imageRegistry.listImages(ctx),
    wrong: [
      { cpu: undefined },
      { memory: { S: 'much' } },
      { created_at: { S: 'x' } },
      { owned_by: { BOOL: true } },
    ],
  },
];

describe.each(tables)('a row of $name', ({ name, row, code, read, list, wrong }) => {
  async function openWith(
    changes: Readonly<Record<string, Item[string] | undefined>>,
  ): Promise<ModelledProvider> {
    const provider = await openModelledProvider({ now: () => at });
    const attributes = Object.entries({ ...row, ...changes }).filter(([, value]) => value !== undefined);
    const Item = Object.fromEntries(attributes);
    provider.cloud.handle('dynamodb', 'PutItem', { TableName: `runvoy-${name}`, Item });
    return provider;
  }

  it('is read when nothing is wrong with it', async () => {
    expect(await read(await openWith({}))).toBeDefined();
  });

  it.each(wrong)('is a typed error with its cause when it holds %j', async (changes) => {
    const provider = await openWith(changes);

    for (const call of [read, ...(list === undefined ? [] : [list])]) {
      const failure = await failureOf(() => call(provider));
      expect(failure.code).toBe(code);
      expect(failure.cause).toBeInstanceOf(Error);
    }
  });
});

describe('a row that cannot be read, in a list', () => {
  const [execution, user] = tables.map(({ row }) => row) as [Item, Item];

  /** A provider over these rows, and the names of the records that it writes. */
  async function openOver(name: string, rows: readonly Item[]) {
    const records: { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];
    const write = (fields: Readonly<Record<string, unknown>>, event: string): void =>
      void records.push({ event, fields });
    const provider = await openModelledProvider({ now: () => at, log: { info: write, warn: write } });
    for (const row of rows)
      provider.cloud.handle('dynamodb', 'PutItem', { TableName: `runvoy-${name}`, Item: row });
    return { provider, records };
  }

  const executions: readonly Item[] = [
    { ...execution, created_by: { NULL: true }, created_by_request_id: { S: 'req-1' } },
    { ...execution, execution_id: { S: 'f' }, created_by_request_id: { S: 'req-1' } },
    { ...execution, execution_id: { S: 'g' } },
  ];

  it('keeps no other execution from being listed, and does not count', async () => {
    const { provider, records } = await openOver('executions', executions);

    const statuses = ['RUNNING'] as const;
    const listed = await collect(provider.executions.listExecutions(ctx, { statuses, limit: 2 }));

    expect(listed.map(({ executionId }) => executionId)).toEqual(['f', 'g']);
    const fields = {
      execution_id: 'e',
      error: expect.objectContaining({ code: 'DATABASE_ERROR' }) as unknown,
    };
    expect(records).toEqual([{ event: 'failed to unmarshal execution', fields }]);
  });

  it('keeps no other execution of a request from being found', async () => {
    const { provider, records } = await openOver('executions', executions);

    const listed = await provider.executions.listExecutionsByRequestId(ctx, 'req-1');

    expect(listed.map(({ executionId }) => executionId)).toEqual(['f']);
    expect(records).toHaveLength(1);
  });

  it('keeps no other open task from being followed', async () => {
    const old = executions.map((row): Item => ({ ...row, started_at: { N: '1' } }));
    const { provider } = await openOver('executions', old);
    const controller = new AbortController();
    const watch = provider.taskObserver.watchTasks({ signal: controller.signal })[Symbol.asyncIterator]();

    // ECS knows neither of the two others, and they are old.
    const seen = [await watch.next(), await watch.next()];
    controller.abort();

    expect(seen.map(({ value }) => (value as { executionId: string }).executionId).sort()).toEqual([
      'f',
      'g',
    ]);
  });

  const another: Item = { ...user, api_key_hash: { S: 'other' }, user_email: { S: 'bob@example.com' } };
  const expired = { expires_at: { N: '1' }, modified_by_request_id: { S: 'req-1' } };
  const broken: Item = { ...user, ...expired, role: { S: 'emperor' } };

  it('keeps no other user from being listed, found or deleted in time', async () => {
    const { provider, records } = await openOver('api-keys', [broken, { ...another, ...expired }]);

    const listed = await provider.users.listUsers(ctx);
    const found = await provider.users.listUsersByRequestId(ctx, 'req-1');
    const deleted = await provider.users.deleteExpiredUsers(ctx, at);

    expect([listed, found].map(([one]) => one?.email)).toEqual(['bob@example.com', 'bob@example.com']);
    expect([listed.length, found.length]).toEqual([1, 1]);
    expect(deleted).toEqual(['bob@example.com']);
    expect(records.map(({ event, fields }) => [event, fields['api_key_hash']])).toEqual(
      Array.from({ length: 3 }, () => ['failed to unmarshal user', 'hash']),
    );
  });

  it('is not taken for an empty table, where a first admin would be made', async () => {
    const { provider } = await openOver('api-keys', [broken]);

    expect(await failureOf(() => provider.users.listUsers(ctx))).toMatchObject({ code: 'DATABASE_ERROR' });
  });
});
