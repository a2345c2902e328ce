import type { StreamToken, StreamTokenRepository } from '../../contracts/index.js';
import { readInteger, readOptionalText, readText } from './read-column.js';
import { runInStore } from './run-in-store.js';
import type { SqliteDatabase, SqlRow } from './sqlite-database.js';
import { fromSeconds, toSeconds } from './stored-time.js';

/** Keeps stream tokens in the store. Times are whole seconds. */
export function createSqliteStreamTokenRepository(database: SqliteDatabase): StreamTokenRepository {
  return {
    createStreamToken: (ctx, token) =>
      runInStore(ctx, 'failed to create stream token', () => {
        database.run(
          `INSERT INTO stream_tokens (token, execution_id, position, created_by, created_at, expires_at, client_address)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
          [
            token.token,
            token.executionId,
            token.position ?? null,
            token.createdBy,
            toSeconds(token.createdAt),
            toSeconds(token.expiresAt),
            token.clientAddress ?? null,
          ],
        );
      }),

    findStreamToken: (ctx, token) =>
      runInStore(ctx, 'failed to get stream token', () => {
        const row = database.first('SELECT * FROM stream_tokens WHERE token = ?', [token]);
        return row && toStreamToken(row);
      }),

    deleteExpiredStreamTokens: (ctx, now) =>
      runInStore(ctx, 'failed to delete expired stream tokens', () => {
        database.run('DELETE FROM stream_tokens WHERE expires_at < ?', [toSeconds(now)]);
      }),
  };
}

function toStreamToken(row: SqlRow): StreamToken {
  return {
    token: readText(row, 'token'),
    executionId: readText(row, 'execution_id'),
    position: readOptionalText(row, 'position'),
    createdBy: readText(row, 'created_by'),
    createdAt: fromSeconds(readInteger(row, 'created_at')),
    expiresAt: fromSeconds(readInteger(row, 'expires_at')),
    clientAddress: readOptionalText(row, 'client_address'),
  };
}
