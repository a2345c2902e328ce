import { AppError, roles, type Role, type User, type UserRepository } from '../../contracts/index.js';
import { readFlag, readInteger, readOptionalInteger, readText } from './read-column.js';
import { runInStore } from './run-in-store.js';
import type { SqliteDatabase, SqlRow } from './sqlite-database.js';
import { fromOptionalSeconds, toOptionalSeconds, toSeconds } from './stored-time.js';

/** Keeps users in the store. Times are milliseconds, the expiry is whole seconds. */
export function createSqliteUserRepository(database: SqliteDatabase): UserRepository {
  return {
    createUser: (ctx, user) =>
      runInStore(ctx, 'failed to create user', () => {
        if (insertUser(database, user) > 0) return;
        const isEmailTaken = findUser(database, 'email', user.email) !== undefined;
        throw new AppError(
          'CONFLICT',
          isEmailTaken ? 'user with this email already exists' : 'API key is already in use',
        );
      }),

    findUserByEmail: (ctx, email) =>
      runInStore(ctx, 'failed to get user by email', () => findUser(database, 'email', email)),

    findUserByApiKeyHash: (ctx, apiKeyHash) =>
      runInStore(ctx, 'failed to get user by API key hash', () =>
        findUser(database, 'api_key_hash', apiKeyHash),
      ),

    listUsers: (ctx) =>
      runInStore(ctx, 'failed to list users', () =>
        database.all('SELECT * FROM users ORDER BY email').map(toUser),
      ),

    listUsersByRequestId: (ctx, requestId) =>
      runInStore(ctx, 'failed to list users by request ID', () =>
        database
          .all(
            'SELECT * FROM users WHERE created_by_request_id = ? OR modified_by_request_id = ? ORDER BY email',
            [requestId, requestId],
          )
          .map(toUser),
      ),

    recordLastUsed: (ctx, email, at) =>
      runInStore(ctx, 'failed to update last used', () => {
        // Every request comes through here: it is not worth a wait for the disk.
        database.runRelaxed('UPDATE users SET last_used = ? WHERE email = ?', [at.getTime(), email]);
      }),

    revokeUser: (ctx, email) =>
      runInStore(ctx, 'failed to revoke user', () =>
        updateUser(database, email, 'revoked = 1', ctx.requestId),
      ),

    removeExpiry: (ctx, email) =>
      runInStore(ctx, 'failed to remove the expiry of a user', () =>
        updateUser(database, email, 'expires_at = NULL', ctx.requestId),
      ),

    deleteExpiredUsers: (ctx, now) =>
      runInStore(ctx, 'failed to delete expired users', () =>
        database
          .all('DELETE FROM users WHERE expires_at < ? RETURNING email', [toSeconds(now)])
          .map((row) => readText(row, 'email')),
      ),
  };
}

function insertUser(database: SqliteDatabase, user: User): number {
  return database.run(
    `INSERT INTO users (email, role, api_key_hash, created_at, last_used, revoked, expires_at, created_by_request_id,
       modified_by_request_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
    [
      user.email,
      user.role,
      user.apiKeyHash,
      user.createdAt.getTime(),
      user.lastUsed?.getTime() ?? null,
      user.revoked ? 1 : 0,
      toOptionalSeconds(user.expiresAt),
      user.createdByRequestId,
      user.modifiedByRequestId,
    ],
  );
}

function findUser(
  database: SqliteDatabase,
  column: 'email' | 'api_key_hash',
  value: string,
): User | undefined {
  const row = database.first(`SELECT * FROM users WHERE ${column} = ?`, [value]);
  return row && toUser(row);
}

function updateUser(
  database: SqliteDatabase,
  email: string,
  assignment: 'revoked = 1' | 'expires_at = NULL',
  requestId: string | undefined,
): void {
  const changes = database.run(
    `UPDATE users
     SET ${assignment}, modified_by_request_id = coalesce(nullif(?, ''), modified_by_request_id)
     WHERE email = ?`,
    [requestId ?? null, email],
  );
  if (changes === 0) throw new AppError('NOT_FOUND', 'user not found');
}

function toUser(row: SqlRow): User {
  const lastUsed = readOptionalInteger(row, 'last_used');
  return {
    email: readText(row, 'email'),
    role: readRole(row),
    apiKeyHash: readText(row, 'api_key_hash'),
    createdAt: new Date(readInteger(row, 'created_at')),
    lastUsed: lastUsed === undefined ? undefined : new Date(lastUsed),
    revoked: readFlag(row, 'revoked'),
    expiresAt: fromOptionalSeconds(readOptionalInteger(row, 'expires_at')),
    createdByRequestId: readText(row, 'created_by_request_id'),
    modifiedByRequestId: readText(row, 'modified_by_request_id'),
  };
}

function readRole(row: SqlRow): Role {
  const role = readText(row, 'role');
  const known = roles.find((candidate) => candidate === role);
  if (known === undefined)
    throw new Error(`the role ${role} of a stored user is not one of ${roles.join(', ')}`);
  return known;
}
