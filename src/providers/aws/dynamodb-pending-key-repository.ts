import { AppError, type PendingKey, type PendingKeyRepository } from '../../contracts/index.js';
import type { DynamoDb } from './aws-clients.js';
import { deleteExpiredRecords } from './delete-expired-records.js';
import type { Item } from './image-row.js';
import { readFlag, readOptionalText, readSomeText, readText } from './read-attribute.js';
import {
  readSeconds,
  readSecondsIfSet,
  seconds,
  secondsIfSet,
  textUnlessEmpty,
} from './record-attributes.js';
import { inDatabase, openRecordTable } from './record-table.js';

/** What keys wait in. */
export interface DynamoDbPendingKeyRepositoryOptions {
  readonly dynamodb: DynamoDb;
  readonly tableName: string;
}

const keyName = 'secret_token';

/**
 * Keeps keys that wait to be claimed in the table that the original keeps them in, readable as it writes them, so that
 * an original beside us can let them be claimed; DynamoDB encrypts at rest.
 */
export function createDynamoDbPendingKeyRepository({
  dynamodb,
  tableName,
}: DynamoDbPendingKeyRepositoryOptions): PendingKeyRepository {
  const table = openRecordTable({ dynamodb, tableName, keyName });
  return {
    async createPendingKey(ctx, pendingKey) {
      if (!(await table.insert(ctx, toItem(pendingKey), 'failed to create pending key')))
        throw new AppError('DATABASE_ERROR', 'failed to create pending key: its token is taken');
    },

    async findPendingKey(ctx, token) {
      const item = await table.find(ctx, token, 'failed to get pending key');
      return item && (await inDatabase('failed to unmarshal pending key', () => fromItem(item)));
    },

    async markViewed(ctx, token, { at, from }) {
      const expression = {
        UpdateExpression: 'SET viewed = :true, viewed_at = :at, viewed_from_ip = :from REMOVE api_key',
        ConditionExpression: `attribute_exists(${keyName}) AND viewed = :false`,
        ExpressionAttributeValues: {
          ':true': { BOOL: true },
          ':false': { BOOL: false },
          ':at': seconds(at),
          ':from': { S: from },
        },
      };
      if (
        token === '' ||
        !(await table.update(ctx, token, expression, 'failed to mark pending key as viewed'))
      )
        throw new AppError('CONFLICT', 'pending key already viewed or does not exist');
    },

    async deleteExpiredPendingKeys(ctx, now) {
      await deleteExpiredRecords(ctx, table, keyName, now, 'failed to delete expired pending keys');
    },
  };
}

function toItem(pendingKey: PendingKey): Item {
  return {
    [keyName]: { S: pendingKey.token },
    ...textUnlessEmpty('api_key', pendingKey.apiKey),
    user_email: { S: pendingKey.userEmail },
    created_by: { S: pendingKey.createdBy },
    created_at: seconds(pendingKey.createdAt),
    expires_at: seconds(pendingKey.expiresAt),
    viewed: { BOOL: pendingKey.viewed },
    ...secondsIfSet('viewed_at', pendingKey.viewedAt),
    ...textUnlessEmpty('viewed_from_ip', pendingKey.viewedFrom),
  };
}

function fromItem(item: Item): PendingKey {
  const apiKey = readOptionalText(item['api_key']);
  const viewed = readFlag(item['viewed']);
  const viewedAt = readSecondsIfSet(item['viewed_at']);
  const viewedFrom = readOptionalText(item['viewed_from_ip']);
  return {
    token: readText(item[keyName]),
    // The original leaves the key behind when it is claimed.
    ...(apiKey !== undefined && !viewed && { apiKey }),
    userEmail: readSomeText(item, 'user_email'),
    createdBy: readText(item['created_by']),
    createdAt: readSeconds(item['created_at']),
    expiresAt: readSeconds(item['expires_at']),
    viewed,
    ...(viewedAt !== undefined && { viewedAt }),
    ...(viewedFrom !== undefined && { viewedFrom }),
  };
}
