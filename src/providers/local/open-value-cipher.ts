import { AppError } from '../../contracts/index.js';
import { encryptionKeyFileName, makeKeyFile, parseEncryptionKey, readKeyFile } from './encryption-key.js';
import { readBytes } from './read-column.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { createValueCipher, type ValueCipher } from './value-cipher.js';

/** Where the key of the store comes from. */
export interface OpenValueCipherOptions {
  readonly database: SqliteDatabase;
  /** The state directory: holds the key file. */
  readonly directory: string;
  /** Key to use instead of the key file: 32 bytes in base64 or hex. */
  readonly encryptionKey?: string | undefined;
}

const checkPlace = { kind: 'encryption-check', key: 'store' } as const;

/**
 * Opens the cipher of a store. The first start without a given key makes the key file.
 *
 * @throws AppError `SERVICE_UNAVAILABLE` when the key is missing, malformed or not the one that the store was encrypted with.
 */
export function openValueCipher(options: OpenValueCipherOptions): ValueCipher {
  const check = readCheck(options.database);
  const { key, source } = findKey(options, check !== undefined);
  const cipher = createValueCipher(key);
  if (check === undefined) writeCheck(options.database, cipher);
  else if (!isKeyOf(cipher, check)) {
    throw new AppError(
      'SERVICE_UNAVAILABLE',
      `${source} is not the key that the secrets in ${options.directory} were encrypted with: ` +
        `set REFACET_ENCRYPTION_KEY to that key, or unset it and put back ${encryptionKeyFileName}`,
    );
  }
  return cipher;
}

function findKey(
  { directory, encryptionKey }: OpenValueCipherOptions,
  isInUse: boolean,
): { key: Uint8Array; source: string } {
  if (encryptionKey !== undefined && encryptionKey !== '') {
    const source = 'REFACET_ENCRYPTION_KEY';
    return { key: parseEncryptionKey(encryptionKey, source), source };
  }
  const fromFile = readKeyFile(directory);
  if (fromFile !== undefined) return { key: fromFile, source: encryptionKeyFileName };
  if (!isInUse) return { key: makeKeyFile(directory), source: encryptionKeyFileName };
  throw new AppError(
    'SERVICE_UNAVAILABLE',
    `the secrets in ${directory} are encrypted and ${encryptionKeyFileName} is not there: ` +
      'put it back, or set REFACET_ENCRYPTION_KEY to the key that was used',
  );
}

function readCheck(database: SqliteDatabase): Uint8Array | undefined {
  const row = database.first("SELECT value FROM settings WHERE name = 'encryption-check'");
  return row === undefined ? undefined : readBytes(row, 'value');
}

function writeCheck(database: SqliteDatabase, cipher: ValueCipher): void {
  const check = cipher.encrypt('refacet', checkPlace);
  database.run("INSERT INTO settings (name, value) VALUES ('encryption-check', ?)", [check]);
}

function isKeyOf(cipher: ValueCipher, check: Uint8Array): boolean {
  try {
    return cipher.decrypt(check, checkPlace) === 'refacet';
  } catch {
    // Another key cannot authenticate the value.
    return false;
  }
}
