import { AppError, type PendingKey, type PendingKeyRepository } from '../../contracts/index.js';
import {
  readBytes,
  readFlag,
  readInteger,
  readOptionalInteger,
  readOptionalText,
  readText,
} from './read-column.js';
import { runInStore } from './run-in-store.js';
import type { SqliteDatabase, SqlRow } from './sqlite-database.js';
import { fromOptionalSeconds, fromSeconds, toSeconds } from './stored-time.js';
import type { ValueCipher, ValuePlace } from './value-cipher.js';

/** Keeps unclaimed keys in the store, encrypted. Times are whole seconds. */
export function createSqlitePendingKeyRepository(
  database: SqliteDatabase,
  cipher: ValueCipher,
): PendingKeyRepository {
  return {
    createPendingKey: (ctx, pendingKey) =>
      runInStore(ctx, 'failed to create pending key', () => {
        database.run(
          `INSERT INTO pending_keys (token, api_key, user_email, created_by, created_at, expires_at, viewed)
           VALUES (?, ?, ?, ?, ?, ?, 0)`,
          [
            pendingKey.token,
            cipher.encrypt(pendingKey.apiKey, placeOf(pendingKey.token)),
            pendingKey.userEmail,
            pendingKey.createdBy,
            toSeconds(pendingKey.createdAt),
            toSeconds(pendingKey.expiresAt),
          ],
        );
      }),

    findPendingKey: (ctx, token) =>
      runInStore(ctx, 'failed to get pending key', () => {
        const row = database.first('SELECT * FROM pending_keys WHERE token = ?', [token]);
        return row && toPendingKey(row, cipher);
      }),

    markViewed: (ctx, token, { at, from }) =>
      runInStore(ctx, 'failed to mark pending key as viewed', () => {
        const changes = database.run(
          `UPDATE pending_keys SET viewed = 1, viewed_at = ?, viewed_from = ?, api_key = NULL
           WHERE token = ? AND viewed = 0`,
          [toSeconds(at), from, token],
        );
        if (changes === 0) throw new AppError('CONFLICT', 'pending key already viewed or does not exist');
      }),

    deleteExpiredPendingKeys: (ctx, now) =>
      runInStore(ctx, 'failed to delete expired pending keys', () => {
        database.run('DELETE FROM pending_keys WHERE expires_at < ?', [toSeconds(now)]);
      }),
  };
}

function toPendingKey(row: SqlRow, cipher: ValueCipher): PendingKey {
  return {
    token: readText(row, 'token'),
    apiKey: row['api_key'] === null ? undefined : decryptKey(row, cipher),
    userEmail: readText(row, 'user_email'),
    createdBy: readText(row, 'created_by'),
    createdAt: fromSeconds(readInteger(row, 'created_at')),
    expiresAt: fromSeconds(readInteger(row, 'expires_at')),
    viewed: readFlag(row, 'viewed'),
    viewedAt: fromOptionalSeconds(readOptionalInteger(row, 'viewed_at')),
    viewedFrom: readOptionalText(row, 'viewed_from'),
  };
}

function decryptKey(row: SqlRow, cipher: ValueCipher): string {
  try {
    return cipher.decrypt(readBytes(row, 'api_key'), placeOf(readText(row, 'token')));
  } catch (cause) {
    // Changed bytes, or those of another row: handing out an empty key would look like a success.
    throw new AppError('INTERNAL_ERROR', 'failed to decrypt pending key', { cause });
  }
}

function placeOf(token: string): ValuePlace {
  return { kind: 'pending-key', key: token };
}
