import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';

import type { PendingKeyRepository, SecretRepository } from '../../contracts/index.js';
import { openStore } from './open-store.js';
import { openValueCipher } from './open-value-cipher.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { createSqlitePendingKeyRepository } from './sqlite-pending-key-repository.js';
import { createSqliteSecretRepository } from './sqlite-secret-repository.js';

const ctx = {};
const at = new Date('2026-01-01T00:00:00Z');

let directory: string;
let database: SqliteDatabase;
let secrets: SecretRepository;
let pendingKeys: PendingKeyRepository;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'refacet-at-rest-'));
  database = openStore(directory);
  const cipher = openValueCipher({ database, directory });
  secrets = createSqliteSecretRepository(database, cipher);
  pendingKeys = createSqlitePendingKeyRepository(database, cipher);
  for (const name of ['one', 'two']) {
    await secrets.createSecret(ctx, {
      name,
      keyName: 'TOKEN',
      value: `plain value of ${name}`,
      createdBy: 'ada@example.com',
      updatedBy: 'ada@example.com',
      ownedBy: [],
      createdAt: at,
      updatedAt: at,
      createdByRequestId: '',
      modifiedByRequestId: '',
    });
    await pendingKeys.createPendingKey(ctx, {
      token: name,
      apiKey: `plain key of ${name}`,
      userEmail: 'bob@example.com',
      createdBy: 'ada@example.com',
      createdAt: at,
      expiresAt: at,
      viewed: false,
    });
  }
  return () => {
    database.close();
    rmSync(directory, { recursive: true, force: true });
  };
});

it('leaves no value in any file, before and after closing', () => {
  const everything = (): string =>
    readdirSync(directory)
      .map((file) => readFileSync(join(directory, file), 'latin1'))
      .join('\n');
  const open = everything();
  database.close();

  expect(open).toContain('ada@example.com');
  expect(open).not.toContain('plain');
  expect(everything()).toContain('ada@example.com');
  expect(everything()).not.toContain('plain');
});

it('does not read a secret from bytes that were moved to another row', async () => {
  database.run(
    "UPDATE secrets SET value = (SELECT value FROM secrets WHERE name = 'two') WHERE name = 'one'",
  );

  await expect(secrets.findSecret(ctx, 'one')).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
  expect((await secrets.findSecret(ctx, 'two'))?.value).toBe('plain value of two');
});

it('does not read a key from bytes that were moved to another row, or from a secret', async () => {
  database.run(
    "UPDATE pending_keys SET api_key = (SELECT api_key FROM pending_keys WHERE token = 'two') WHERE token = 'one'",
  );
  await expect(pendingKeys.findPendingKey(ctx, 'one')).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });

  database.run(
    "UPDATE pending_keys SET api_key = (SELECT value FROM secrets WHERE name = 'one') WHERE token = 'one'",
  );
  await expect(pendingKeys.findPendingKey(ctx, 'one')).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
});

it('does not take an emptied value for an empty text', async () => {
  database.run("UPDATE secrets SET value = x''");

  await expect(secrets.findSecret(ctx, 'one')).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
});

it('keeps nothing of a key that was claimed', async () => {
  await pendingKeys.markViewed(ctx, 'one', { at, from: '127.0.0.1' });

  expect(database.all('SELECT api_key FROM pending_keys WHERE token = ?', ['one'])).toEqual([
    { api_key: null },
  ]);
});
