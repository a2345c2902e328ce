import {
  AppError,
  type Secret,
  type SecretMetadata,
  type SecretRepository,
  type SecretUpdate,
} from '../../contracts/index.js';
import { readBytes, readInteger, readOptionalText, readText, readTexts } from './read-column.js';
import { runInStore } from './run-in-store.js';
import type { SqliteDatabase, SqlRow } from './sqlite-database.js';
import type { ValueCipher, ValuePlace } from './value-cipher.js';

/** Everything but the value, so that no listing carries it around. */
const metadataColumns = `name, key_name, description, created_by, updated_by, owned_by, created_at, updated_at,
  created_by_request_id, modified_by_request_id`;

/** Keeps secrets in the store, values encrypted. Times are milliseconds. */
export function createSqliteSecretRepository(
  database: SqliteDatabase,
  cipher: ValueCipher,
): SecretRepository {
  return {
    createSecret: (ctx, secret) =>
      runInStore(ctx, 'failed to create secret', () => {
        if (insertSecret(database, cipher, secret) === 0) {
          throw new AppError('SECRET_ALREADY_EXISTS', 'secret already exists');
        }
      }),

    findSecret: (ctx, name) =>
      runInStore(ctx, 'failed to get secret', () => {
        const row = database.first('SELECT * FROM secrets WHERE name = ?', [name]);
        return row && { ...toMetadata(row), value: decryptValue(row, cipher) };
      }),

    findSecretMetadata: (ctx, name) =>
      runInStore(ctx, 'failed to get secret', () => {
        const row = database.first(`SELECT ${metadataColumns} FROM secrets WHERE name = ?`, [name]);
        return row && toMetadata(row);
      }),

    listSecrets: (ctx) =>
      runInStore(ctx, 'failed to list secrets', () =>
        database.all(`SELECT ${metadataColumns} FROM secrets ORDER BY name`).map(toMetadata),
      ),

    listSecretsByRequestId: (ctx, requestId) =>
      runInStore(ctx, 'failed to list secrets by request ID', () =>
        database
          .all(
            `SELECT ${metadataColumns} FROM secrets
             WHERE created_by_request_id = ? OR modified_by_request_id = ? ORDER BY name`,
            [requestId, requestId],
          )
          .map(toMetadata),
      ),

    updateSecret: (ctx, name, update) =>
      runInStore(ctx, 'failed to update secret', () => {
        if (changeSecret(database, cipher, name, update, ctx.requestId) === 0) throw secretNotFound();
      }),

    deleteSecret: (ctx, name) =>
      runInStore(ctx, 'failed to delete secret', () => {
        if (database.run('DELETE FROM secrets WHERE name = ?', [name]) === 0) throw secretNotFound();
      }),
  };
}

function insertSecret(database: SqliteDatabase, cipher: ValueCipher, secret: Secret): number {
  return database.run(
    `INSERT INTO secrets (name, key_name, description, value, created_by, updated_by, owned_by, created_at, updated_at,
       created_by_request_id, modified_by_request_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (name) DO NOTHING`,
    [
      secret.name,
      secret.keyName,
      secret.description ?? null,
      cipher.encrypt(secret.value, placeOf(secret.name)),
      secret.createdBy,
      secret.updatedBy,
      JSON.stringify(secret.ownedBy),
      secret.createdAt.getTime(),
      secret.updatedAt.getTime(),
      secret.createdByRequestId,
      secret.modifiedByRequestId,
    ],
  );
}

function changeSecret(
  database: SqliteDatabase,
  cipher: ValueCipher,
  name: string,
  update: SecretUpdate,
  requestId: string | undefined,
): number {
  const isValueGiven = update.value !== undefined && update.value !== '';
  return database.run(
    `UPDATE secrets
     SET key_name = coalesce(nullif(?, ''), key_name),
         description = coalesce(nullif(?, ''), description),
         value = coalesce(?, value),
         updated_by = ?,
         updated_at = ?,
         modified_by_request_id = coalesce(nullif(?, ''), modified_by_request_id)
     WHERE name = ?`,
    [
      update.keyName ?? null,
      update.description ?? null,
      isValueGiven ? cipher.encrypt(update.value, placeOf(name)) : null,
      update.updatedBy,
      update.updatedAt.getTime(),
      requestId ?? null,
      name,
    ],
  );
}

function toMetadata(row: SqlRow): SecretMetadata {
  return {
    name: readText(row, 'name'),
    keyName: readText(row, 'key_name'),
    description: readOptionalText(row, 'description'),
    createdBy: readText(row, 'created_by'),
    updatedBy: readText(row, 'updated_by'),
    ownedBy: readTexts(row, 'owned_by'),
    createdAt: new Date(readInteger(row, 'created_at')),
    updatedAt: new Date(readInteger(row, 'updated_at')),
    createdByRequestId: readText(row, 'created_by_request_id'),
    modifiedByRequestId: readText(row, 'modified_by_request_id'),
  };
}

function decryptValue(row: SqlRow, cipher: ValueCipher): string {
  try {
    return cipher.decrypt(readBytes(row, 'value'), placeOf(readText(row, 'name')));
  } catch (cause) {
    // Changed bytes, or those of another row: an empty value in its place would reach a task.
    throw new AppError('INTERNAL_ERROR', 'failed to decrypt secret', { cause });
  }
}

function placeOf(name: string): ValuePlace {
  return { kind: 'secret', key: name };
}

function secretNotFound(): AppError {
  return new AppError('SECRET_NOT_FOUND', 'secret not found');
}
