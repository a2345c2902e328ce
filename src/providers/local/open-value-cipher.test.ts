import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';

import { AppError } from '../../contracts/index.js';
import { openStore } from './open-store.js';
import { openValueCipher } from './open-value-cipher.js';
import type { SqliteDatabase } from './sqlite-database.js';
import type { ValueCipher } from './value-cipher.js';

let directory: string;
let keyFile: string;
let database: SqliteDatabase;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'refacet-cipher-'));
  keyFile = join(directory, 'encryption.key');
  database = openStore(directory);
  return () => {
    database.close();
    rmSync(directory, { recursive: true, force: true });
  };
});

const place = { kind: 'secret', key: 'token' } as const;
const open = (encryptionKey?: string): ValueCipher => openValueCipher({ database, directory, encryptionKey });

function refusal(encryptionKey?: string): string {
  try {
    open(encryptionKey);
  } catch (error) {
    if (error instanceof AppError && error.code === 'SERVICE_UNAVAILABLE') return error.message;
    throw error;
  }
  throw new Error('the cipher was to refuse to open');
}

it('makes a key file that only its owner can read, and uses it from then on', () => {
  const encrypted = open().encrypt('value', place);

  expect(open().decrypt(encrypted, place)).toBe('value');
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  expect(Buffer.from(readFileSync(keyFile, 'utf8'), 'base64')).toHaveLength(32);
});

it('takes access to the key file from others', () => {
  open();
  chmodSync(keyFile, 0o644);

  open();

  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
});

it.each(['base64', 'base64url', 'hex'] as const)('takes a given key in %s and makes no file', (encoding) => {
  const key = randomBytes(32);
  const encrypted = open(key.toString(encoding)).encrypt('value', place);

  expect(open(`${key.toString('hex')}\n`).decrypt(encrypted, place)).toBe('value');
  expect(existsSync(keyFile)).toBe(false);
});

it('takes an empty key for none', () => {
  open('');

  expect(existsSync(keyFile)).toBe(true);
});

it('refuses a given key that is not the one that was used, and says what to do', () => {
  open();

  const message = refusal(randomBytes(32).toString('base64'));

  expect(message).toContain(`REFACET_ENCRYPTION_KEY is not the key that the secrets in ${directory}`);
  expect(message).toContain('unset it');
});

it('refuses a key file that is not the one that was used', () => {
  open();
  writeFileSync(keyFile, randomBytes(32).toString('base64'));

  expect(refusal()).toContain('encryption.key is not the key');
});

it('refuses to go on without the key file that was used, and makes no new one', () => {
  open();
  rmSync(keyFile);

  expect(refusal()).toContain('put it back, or set REFACET_ENCRYPTION_KEY');
  expect(existsSync(keyFile)).toBe(false);
});

it.each(['correct horse battery staple', 'c2hvcnQ=', 'f'.repeat(63)])(
  'refuses %j for a key and never repeats it',
  (text) => {
    const message = refusal(text);

    expect(message).toContain('REFACET_ENCRYPTION_KEY must hold 32 bytes');
    expect(message).not.toContain(text);
  },
);

it('refuses a key file that was cut short', () => {
  writeFileSync(keyFile, '');

  expect(refusal()).toContain(`${keyFile} must hold 32 bytes`);
});
