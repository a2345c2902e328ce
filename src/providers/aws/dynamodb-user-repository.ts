import { AppError, type User, type UserRepository } from '../../contracts/index.js';
import type { RequestContext } from '../../contracts/index.js';
import type { DynamoDb } from './aws-clients.js';
import type { Item } from './image-row.js';
import type { Log } from './log.js';
import { requestIdFilter, seconds } from './record-attributes.js';
import { type Expression, openRecordTable } from './record-table.js';
import { createRowReader } from './row-reader.js';
import { userFromItem, userToItem } from './user-item.js';

/** What users are kept in. */
export interface DynamoDbUserRepositoryOptions {
  readonly dynamodb: DynamoDb;
  readonly tableName: string;
  /** Is told of rows that lists leave out. */
  readonly log: Pick<Log, 'warn'>;
}

/**
 * Keeps users in the table that the original keeps them in, whose key is the hash of the API key. That an e-mail is
 * taken is asked of an index, so two creations at the same time may both succeed.
 */
export function createDynamoDbUserRepository({
  dynamodb,
  tableName,
  log,
}: DynamoDbUserRepositoryOptions): UserRepository {
  const keyName = 'api_key_hash';
  const table = openRecordTable({ dynamodb, tableName, keyName });
  const { read, readIfPossible } = createRowReader({
    fromItem: userFromItem,
    message: 'failed to unmarshal user',
    ...{ keyName, log },
  });

  const readAll = async (pages: AsyncIterable<Item[]>): Promise<User[]> => {
    const users: User[] = [];
    let isEmpty = true;
    for await (const page of pages) {
      isEmpty &&= page.length === 0;
      for (const item of page) {
        const user = await readIfPossible(item);
        if (user !== undefined) users.push(user);
      }
    }
    // Not the same as nobody: where there is nobody, a first admin is made.
    if (users.length === 0 && !isEmpty) throw new AppError('DATABASE_ERROR', 'none of the users can be read');
    return users;
  };

  const findByEmail = async (
    ctx: RequestContext,
    email: string,
    message: string,
  ): Promise<User | undefined> => {
    if (email === '') return undefined;
    const query = {
      IndexName: 'user_email-index',
      KeyConditionExpression: 'user_email = :email',
      ExpressionAttributeValues: { ':email': { S: email } },
    };
    for await (const [item] of table.queryPages(ctx, query, message))
      if (item !== undefined) return read(item);
    return undefined;
  };

  /** Changes a user that is there; the request that did it is noted where there is one. */
  const change = async (
    ctx: RequestContext,
    email: string,
    expression: { readonly set?: string; readonly remove?: string; readonly values?: Item },
    message: string,
  ): Promise<void> => {
    const user = await findByEmail(ctx, email, message);
    const isDone = user && (await table.update(ctx, user.apiKeyHash, changeOf(ctx, expression), message));
    if (isDone !== true) throw new AppError('NOT_FOUND', 'user not found');
  };

  return {
    async createUser(ctx, user) {
      const message = 'failed to create user';
      if ((await findByEmail(ctx, user.email, message)) !== undefined)
        throw new AppError('CONFLICT', 'user with this email already exists');
      if (!(await table.insert(ctx, userToItem(user), message)))
        throw new AppError('CONFLICT', 'a user with this API key already exists');
    },

    findUserByEmail: (ctx, email) => findByEmail(ctx, email, 'failed to get user by email'),

    async findUserByApiKeyHash(ctx, apiKeyHash) {
      const item = await table.find(ctx, apiKeyHash, 'failed to get user by API key hash');
      return item && (await read(item));
    },

    async listUsers(ctx) {
      const query = {
        IndexName: 'all-user_email',
        KeyConditionExpression: '#all = :all',
        ExpressionAttributeNames: { '#all': '_all' },
        ExpressionAttributeValues: { ':all': { S: 'USER' } },
      };
      return readAll(table.queryPages(ctx, query, 'failed to list users'));
    },

    async listUsersByRequestId(ctx, requestId) {
      const message = 'failed to scan users by request ID';
      return readAll(table.scanPages(ctx, requestIdFilter(requestId), message));
    },

    async recordLastUsed(ctx, email, at) {
      const message = 'failed to record the last use of a key';
      const user = await findByEmail(ctx, email, message);
      if (user === undefined) return;
      const expression = {
        UpdateExpression: 'SET last_used = :last_used',
        ConditionExpression: 'attribute_exists(api_key_hash)',
        ExpressionAttributeValues: { ':last_used': { S: at.toISOString() } },
      };
      await table.update(ctx, user.apiKeyHash, expression, message);
    },

    async revokeUser(ctx, email) {
      const revoked = { set: 'revoked = :revoked', values: { ':revoked': { BOOL: true } } };
      await change(ctx, email, revoked, 'failed to revoke user');
    },

    async removeExpiry(ctx, email) {
      await change(ctx, email, { remove: 'expires_at' }, 'failed to remove the expiry of a user');
    },

    async deleteExpiredUsers(ctx, now) {
      const message = 'failed to delete expired users';
      const values = { ExpressionAttributeValues: { ':now': seconds(now) } };
      const emails: string[] = [];
      const filter = { FilterExpression: 'expires_at < :now', ...values };
      for await (const page of table.scanPages(ctx, filter, message)) {
        for (const item of page) {
          const user = await readIfPossible(item);
          if (user === undefined) continue;
          // The key may have been claimed since the scan.
          const condition = { ConditionExpression: 'expires_at < :now', ...values };
          if (await table.delete(ctx, user.apiKeyHash, condition, message)) emails.push(user.email);
        }
      }
      return emails;
    },
  };
}

function changeOf(
  { requestId = '' }: RequestContext,
  { set, remove, values }: { readonly set?: string; readonly remove?: string; readonly values?: Item },
): Expression {
  const sets = [...(set === undefined ? [] : [set]), ...(requestId === '' ? [] : [byRequest])];
  const all: Item = { ...values, ...(requestId !== '' && { ':request_id': { S: requestId } }) };
  return {
    UpdateExpression: [
      ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
      ...(remove === undefined ? [] : [`REMOVE ${remove}`]),
    ].join(' '),
    ConditionExpression: 'attribute_exists(api_key_hash)',
    ...(Object.keys(all).length > 0 && { ExpressionAttributeValues: all }),
  };
}

const byRequest = 'modified_by_request_id = :request_id';
