import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';

import type { Secret } from '../../contracts/index.js';
import { openStore } from './open-store.js';
import { openValueCipher } from './open-value-cipher.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { createSqliteExecutionRepository } from './sqlite-execution-repository.js';
import { createSqliteImageRegistry } from './sqlite-image-registry.js';
import { createSqlitePendingKeyRepository } from './sqlite-pending-key-repository.js';
import { createSqliteSecretRepository } from './sqlite-secret-repository.js';
import { createSqliteStreamTokenRepository } from './sqlite-stream-token-repository.js';
import { createSqliteUserRepository } from './sqlite-user-repository.js';
import type { ValueCipher } from './value-cipher.js';

// libsql reads a text only up to its first NUL. Were it stored, `prod\0x` would come back as the name of another secret.

const ctx = {};
const at = new Date('2026-01-01T00:00:00Z');
const email = 'ada@example.com';
const byNobody = { createdByRequestId: '', modifiedByRequestId: '' };
const refused = { code: 'INVALID_REQUEST', message: 'a text with a NUL character cannot be stored' };

let database: SqliteDatabase;
let cipher: ValueCipher;

beforeEach(() => {
  const directory = mkdtempSync(join(tmpdir(), 'refacet-nul-'));
  database = openStore(directory);
  cipher = openValueCipher({ database, directory });
  return () => {
    database.close();
    rmSync(directory, { recursive: true, force: true });
  };
});

const secret = (more: Partial<Secret>): Secret => ({
  name: 'prod',
  keyName: 'TOKEN',
  value: 'value',
  createdBy: email,
  updatedBy: email,
  ownedBy: [email],
  createdAt: at,
  updatedAt: at,
  ...byNobody,
  ...more,
});

it.each([{ name: 'prod\0x' }, { keyName: 'TOKEN\0' }, { description: '\0' }])(
  'refuses a secret with one, %j',
  async (more) => {
    const secrets = createSqliteSecretRepository(database, cipher);

    await expect(secrets.createSecret(ctx, secret(more))).rejects.toMatchObject(refused);
    expect(await secrets.listSecrets(ctx)).toEqual([]);
  },
);

it('finds no secret behind a name with one, and changes none', async () => {
  const secrets = createSqliteSecretRepository(database, cipher);
  await secrets.createSecret(ctx, secret({}));
  const notFound = { code: 'SECRET_NOT_FOUND' };

  expect(await secrets.findSecret(ctx, 'prod\0x')).toBeUndefined();
  await expect(secrets.deleteSecret(ctx, 'prod\0x')).rejects.toMatchObject(notFound);
  await expect(
    secrets.updateSecret(ctx, 'prod\0x', { value: 'new', updatedBy: email, updatedAt: at }),
  ).rejects.toMatchObject(notFound);
  await expect(
    secrets.updateSecret(ctx, 'prod', { keyName: 'A\0B', updatedBy: email, updatedAt: at }),
  ).rejects.toMatchObject(refused);
  expect(await secrets.findSecret(ctx, 'prod')).toEqual(secret({}));
});

it('keeps one inside of a secret value, which is encrypted and never read as a text', async () => {
  const secrets = createSqliteSecretRepository(database, cipher);
  await secrets.createSecret(ctx, secret({ value: 'a\0b' }));

  expect((await secrets.findSecret(ctx, 'prod'))?.value).toBe('a\0b');
});

it.each([{ image: 'alpine\0x' }, { image: 'alpine', runtime: { platform: 'Linux\0/X' } }])(
  'refuses an image with one, %j',
  async (config) => {
    const images = createSqliteImageRegistry({ database, now: () => at });

    await expect(images.registerImage(ctx, { registeredBy: email, ...config })).rejects.toMatchObject(
      refused,
    );
    expect(await images.listImages(ctx)).toEqual([]);
  },
);

it('refuses a user, an execution, a pending key and a stream token with one', async () => {
  const users = createSqliteUserRepository(database);
  const executions = createSqliteExecutionRepository(database);
  const pendingKeys = createSqlitePendingKeyRepository(database, cipher);
  const streamTokens = createSqliteStreamTokenRepository(database);
  const writes = [
    users.createUser(ctx, {
      email: `${email}\0`,
      role: 'admin',
      apiKeyHash: 'hash',
      createdAt: at,
      revoked: false,
      ...byNobody,
    }),
    executions.createExecution(ctx, {
      executionId: 'a',
      createdBy: email,
      ownedBy: [email],
      command: 'echo a\0b',
      status: 'STARTING',
      startedAt: at,
      exitCode: 0,
      ...byNobody,
    }),
    pendingKeys.createPendingKey(ctx, {
      token: 'a\0b',
      apiKey: 'key',
      userEmail: email,
      createdBy: email,
      createdAt: at,
      expiresAt: at,
      viewed: false,
    }),
    streamTokens.createStreamToken(ctx, {
      token: 'a\0b',
      executionId: 'a',
      createdBy: email,
      createdAt: at,
      expiresAt: at,
    }),
  ];

  const outcomes = await Promise.allSettled(writes);

  for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: refused });
});
