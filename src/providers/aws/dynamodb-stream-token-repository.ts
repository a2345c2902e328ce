import { AppError, type StreamToken, type StreamTokenRepository } from '../../contracts/index.js';
import type { DynamoDb } from './aws-clients.js';
import { deleteExpiredRecords } from './delete-expired-records.js';
import type { Item } from './image-row.js';
import { readOptionalText, readSomeText, readText } from './read-attribute.js';
import { readSeconds, seconds, textUnlessEmpty } from './record-attributes.js';
import { inDatabase, openRecordTable } from './record-table.js';

/** What stream tokens are kept in. */
export interface DynamoDbStreamTokenRepositoryOptions {
  readonly dynamodb: DynamoDb;
  readonly tableName: string;
}

const keyName = 'token';

/** Keeps stream tokens in the table that the original keeps them in; `position` is ours. */
export function createDynamoDbStreamTokenRepository({
  dynamodb,
  tableName,
}: DynamoDbStreamTokenRepositoryOptions): StreamTokenRepository {
  const table = openRecordTable({ dynamodb, tableName, keyName });
  return {
    async createStreamToken(ctx, token) {
      if (!(await table.insert(ctx, toItem(token), 'failed to create stream token')))
        throw new AppError('DATABASE_ERROR', 'failed to create stream token: it is taken');
    },

    async findStreamToken(ctx, token) {
      const item = await table.find(ctx, token, 'failed to get stream token');
      return item && (await inDatabase('failed to unmarshal stream token', () => fromItem(item)));
    },

    async deleteExpiredStreamTokens(ctx, now) {
      await deleteExpiredRecords(ctx, table, keyName, now, 'failed to delete expired stream tokens');
    },
  };
}

function toItem(token: StreamToken): Item {
  return {
    [keyName]: { S: token.token },
    execution_id: { S: token.executionId },
    ...textUnlessEmpty('position', token.position),
    user_email: { S: token.createdBy },
    created_at: seconds(token.createdAt),
    expires_at: seconds(token.expiresAt),
    client_ip_at_creation_time: { S: token.clientAddress ?? '' },
  };
}

function fromItem(item: Item): StreamToken {
  const position = readOptionalText(item['position']);
  const clientAddress = readText(item['client_ip_at_creation_time']);
  return {
    token: readText(item[keyName]),
    executionId: readSomeText(item, 'execution_id'),
    ...(position !== undefined && { position }),
    createdBy: readText(item['user_email']),
    createdAt: readSeconds(item['created_at']),
    expiresAt: readSeconds(item['expires_at']),
    ...(clientAddress !== '' && { clientAddress }),
  };
}
