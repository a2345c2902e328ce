import {
  AppError,
  type RequestContext,
  type SecretMetadata,
  type SecretRepository,
  type SecretUpdate,
} from '../../contracts/index.js';
import type { DynamoDb } from './aws-clients.js';
import { compareBytes } from './compare-bytes.js';
import { finishing } from './finishing.js';
import type { Item } from './image-row.js';
import { requestIdFilter } from './record-attributes.js';
import { type Expression, inDatabase, openRecordTable } from './record-table.js';
import { secretFromItem, secretToItem } from './secret-metadata-item.js';
import type { SecretValues } from './ssm-secret-values.js';

/** What secrets are kept in. */
export interface SsmSecretRepositoryOptions {
  readonly dynamodb: DynamoDb;
  readonly tableName: string;
  readonly values: SecretValues;
}

/** Keeps secrets as the original does: their values in Parameter Store, everything else in a table. The row decides. */
export function createSsmSecretRepository({
  dynamodb,
  tableName,
  values,
}: SsmSecretRepositoryOptions): SecretRepository {
  const table = openRecordTable({ dynamodb, tableName, keyName: 'secret_name' });
  const isThere = { ConditionExpression: 'attribute_exists(secret_name)' };

  const findMetadata = async (ctx: RequestContext, name: string): Promise<SecretMetadata | undefined> => {
    const item = await table.find(ctx, name, 'failed to get secret');
    return item && (await inDatabase('failed to unmarshal secret', () => secretFromItem(item)));
  };

  const list = async (pages: AsyncIterable<Item[]>): Promise<SecretMetadata[]> => {
    const secrets: SecretMetadata[] = [];
    for await (const page of pages)
      secrets.push(...(await inDatabase('failed to unmarshal secret', () => page.map(secretFromItem))));
    return secrets.sort((a, b) => compareBytes(a.name, b.name));
  };

  /** Whether the row is what an earlier attempt at the same left without a value: then nobody has ever used it. */
  const mayFinish = async (ctx: RequestContext, wanted: SecretMetadata): Promise<boolean> => {
    const existing = await findMetadata(ctx, wanted.name);
    const isSame =
      existing?.createdBy === wanted.createdBy &&
      existing.keyName === wanted.keyName &&
      existing.description === wanted.description;
    return isSame && !(await values.has(ctx, wanted.name));
  };

  /** When that fails too, the caller can still finish what they began: the same request again finds a row of theirs. */
  const takeBack = async (ctx: RequestContext, { name }: SecretMetadata): Promise<void> => {
    await table.delete(ctx, name, isThere, 'failed to take a secret back').catch(() => false);
  };

  return {
    async createSecret(ctx, { value, ...metadata }) {
      values.check(metadata.name, value);
      // The row first: it is what tells whether the name is taken, and an old value must not be written over.
      const message = 'failed to store secret metadata';
      if (!(await table.insert(ctx, secretToItem(metadata), message)) && !(await mayFinish(ctx, metadata)))
        throw new AppError('SECRET_ALREADY_EXISTS', 'secret already exists');
      try {
        await values.put(finishing(ctx), metadata.name, value);
      } catch (error) {
        await takeBack(finishing(ctx), metadata);
        throw error;
      }
    },

    async findSecret(ctx, name) {
      const metadata = await findMetadata(ctx, name);
      return metadata && { ...metadata, value: await values.get(ctx, name) };
    },

    findSecretMetadata: findMetadata,

    listSecrets: (ctx) => list(table.scanPages(ctx, {}, 'failed to list secrets')),

    listSecretsByRequestId: (ctx, requestId) =>
      list(table.scanPages(ctx, requestIdFilter(requestId), 'failed to scan secrets by request ID')),

    async updateSecret(ctx, name, update) {
      const { value = '' } = update;
      if ((await findMetadata(ctx, name)) === undefined) throw secretNotFound();
      if (value !== '') {
        values.check(name, value);
        await values.put(ctx, name, value);
      }
      const rest = value === '' ? ctx : finishing(ctx);
      const isUpdated = await table.update(rest, name, updateOf(ctx, update), 'failed to update secret');
      if (!isUpdated) throw secretNotFound();
    },

    async deleteSecret(ctx, name) {
      if ((await findMetadata(ctx, name)) === undefined) throw secretNotFound();
      await values.delete(ctx, name);
      const isDeleted = await table.delete(finishing(ctx), name, isThere, 'failed to delete secret');
      if (!isDeleted) throw secretNotFound();
    },
  };
}

function secretNotFound(): AppError {
  return new AppError('SECRET_NOT_FOUND', 'secret not found');
}

function updateOf({ requestId = '' }: RequestContext, update: SecretUpdate): Expression {
  const { keyName = '', description = '', updatedBy, updatedAt } = update;
  const sets = Object.entries({
    updated_by: updatedBy,
    updated_at: updatedAt.toISOString(),
    ...(keyName !== '' && { key_name: keyName }),
    ...(description !== '' && { description }),
    ...(requestId !== '' && { modified_by_request_id: requestId }),
  });
  return {
    UpdateExpression: `SET ${sets.map(([name]) => `${name} = :${name}`).join(', ')}`,
    ConditionExpression: 'attribute_exists(secret_name)',
    ExpressionAttributeValues: Object.fromEntries(sets.map(([name, text]) => [`:${name}`, { S: text }])),
  };
}
