import { describe, expect, it } from 'vitest';

import { at, type BadAnswer, ctx, failureOf, openSpoiled } from './bad-answers.js';

const user = {
  email: 'ada@example.com',
  role: 'viewer' as const,
  apiKeyHash: 'hash',
  createdAt: at,
  revoked: false,
  expiresAt: new Date(1_000),
  createdByRequestId: '',
  modifiedByRequestId: '',
};
const secret = {
  name: 's',
  keyName: 'S',
  value: 'v',
  createdBy: 'ada@example.com',
  ownedBy: ['ada@example.com'],
  updatedBy: 'ada@example.com',
  createdAt: at,
  updatedAt: at,
  createdByRequestId: '',
  modifiedByRequestId: '',
};

/** Lets something happen directly before an operation, once. */
function before(happen: () => unknown): BadAnswer {
  let isOver = false;
  return (apply) => {
    if (!isOver) {
      isOver = true;
      happen();
    }
    return apply();
  };
}

describe('a user', () => {
  it('whose key is claimed while expired users are deleted stays, and is not named', async () => {
    const { provider, spoil } = await openSpoiled();
    await provider.users.createUser(ctx, user);
    const table = provider.cloud.state.dynamodb.tables.get('runvoy-api-keys');
    const claim = (): void => {
      for (const [key, { expires_at: _expiry, ...item }] of table?.items ?? []) table?.items.set(key, item);
    };
    spoil({ 'dynamodb.DeleteItem': before(claim) });

    expect(await provider.users.deleteExpiredUsers(ctx, at)).toEqual([]);

    expect(await provider.users.findUserByEmail(ctx, user.email)).toMatchObject({ apiKeyHash: 'hash' });
  });

  it('who is deleted while their last use is recorded does not come back in part', async () => {
    const { provider, spoil } = await openSpoiled();
    await provider.users.createUser(ctx, user);
    const table = provider.cloud.state.dynamodb.tables.get('runvoy-api-keys');
    spoil({ 'dynamodb.UpdateItem': before(() => table?.items.clear()) });

    await provider.users.recordLastUsed(ctx, user.email, at);

    expect(table?.items.size).toBe(0);
  });

  it('is found behind an empty page', async () => {
    const { provider, spoil } = await openSpoiled();
    await provider.users.createUser(ctx, user);
    const table = provider.cloud.state.dynamodb.tables.get('runvoy-api-keys');
    const key = { user_email: { S: user.email }, api_key_hash: { S: 'before' } };
    spoil({
      'dynamodb.Query': (_apply, input) =>
        'ExclusiveStartKey' in (input as object)
          ? { Items: [...(table?.items.values() ?? [])] }
          : { Items: [], LastEvaluatedKey: key },
    });

    expect(await provider.users.findUserByEmail(ctx, user.email)).toMatchObject({ apiKeyHash: 'hash' });
  });
});

describe('records that are asked for', () => {
  it('one by one are read as they are now, lists a thousand at a time', async () => {
    const { provider, spoil } = await openSpoiled();
    const inputs: unknown[] = [];
    const note: BadAnswer = (apply, input) => {
      inputs.push(input);
      return apply();
    };
    spoil({ 'dynamodb.GetItem': note, 'dynamodb.Query': note });

    await provider.executions.findExecution(ctx, 'e');
    await provider.executions.listExecutions(ctx, { limit: 2 })[Symbol.asyncIterator]().next();

    const TableName = 'runvoy-executions';
    expect(inputs).toStrictEqual([
      { TableName, Key: { execution_id: { S: 'e' } }, ConsistentRead: true },
      {
        TableName,
        IndexName: 'all-started_at',
        KeyConditionExpression: '#all = :all',
        ScanIndexForward: false,
        Limit: 1_000,
        ExpressionAttributeNames: { '#all': '_all' },
        ExpressionAttributeValues: { ':all': { S: '1' } },
      },
    ]);
  });

  it('do not hold the key that the original leaves behind when it is claimed', async () => {
    const { provider } = await openSpoiled();
    const Item = {
      secret_token: { S: 't' },
      api_key: { S: 'key' },
      user_email: { S: user.email },
      created_by: { S: user.email },
      created_at: { N: '1' },
      expires_at: { N: '2' },
      viewed: { BOOL: true },
    };
    provider.cloud.handle('dynamodb', 'PutItem', { TableName: 'runvoy-pending-api-keys', Item });

    const found = await provider.pendingKeys.findPendingKey(ctx, 't');

    expect(found).toMatchObject({ viewed: true });
    expect(found).not.toHaveProperty('apiKey');
  });
});

describe('what has expired', () => {
  it('is gone once that is said, and a failure is said too', async () => {
    const { provider, spoil } = await openSpoiled();
    const token = { executionId: 'e', createdBy: user.email, createdAt: at, expiresAt: new Date(1_000) };
    await provider.streamTokens.createStreamToken(ctx, { ...token, token: 't' });
    const late: BadAnswer = async (apply) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return apply();
    };
    const refused: BadAnswer = () => {
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    };
    spoil({ 'dynamodb.DeleteItem': refused });
    const failure = await failureOf(() => provider.streamTokens.deleteExpiredStreamTokens(ctx, at));
    expect(failure.code).toBe('DATABASE_ERROR');
    spoil({ 'dynamodb.DeleteItem': late });

    await provider.streamTokens.deleteExpiredStreamTokens(ctx, at);

    expect(await provider.streamTokens.findStreamToken(ctx, 't')).toBeUndefined();
  });
});

describe('a secret', () => {
  it('that has a row gets its value, though the client hangs up, and loses both', async () => {
    const { provider, spoil } = await openSpoiled();
    const controller = new AbortController();
    const hungUp = { ...ctx, signal: controller.signal };
    spoil({
      'dynamodb.PutItem': async (apply) => {
        const answer = await apply();
        controller.abort();
        return answer;
      },
    });

    await provider.secrets.createSecret(hungUp, secret);

    expect(await provider.secrets.findSecret(ctx, 's')).toMatchObject({ value: 'v' });
  });

  it('whose value cannot be written is taken back', async () => {
    const { provider, spoil } = await openSpoiled();
    const refused: BadAnswer = () => {
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    };
    spoil({ 'ssm.PutParameter': refused });

    await failureOf(() => provider.secrets.createSecret(ctx, secret));

    expect(await provider.secrets.listSecrets(ctx)).toEqual([]);
  });

  it('loses its value before its row, so that a failure can be made good', async () => {
    const { provider, spoil } = await openSpoiled();
    await provider.secrets.createSecret(ctx, secret);
    const order: string[] = [];
    const note =
      (name: string): BadAnswer =>
      (apply) => {
        order.push(name);
        return apply();
      };
    spoil({ 'ssm.DeleteParameter': note('value'), 'dynamodb.DeleteItem': note('row') });

    await provider.secrets.deleteSecret(ctx, 's');

    expect(order).toEqual(['value', 'row']);
  });

  it('may be as deep as Parameter Store holds it with the prefix, and no deeper', async () => {
    const { provider } = await openSpoiled();
    const deep = (levels: number): string => Array.from({ length: levels }, () => 'a').join('/');

    await provider.secrets.createSecret(ctx, { ...secret, name: deep(13) });

    const tooDeep = { ...secret, name: deep(14) };
    expect((await failureOf(() => provider.secrets.createSecret(ctx, tooDeep))).code).toBe('INVALID_REQUEST');
  });
});
