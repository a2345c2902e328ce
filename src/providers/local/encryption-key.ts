import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

import { AppError } from '../../contracts/index.js';

/** Name of the key file inside the state directory. */
export const encryptionKeyFileName = 'encryption.key';

/**
 * Reads a key of 32 bytes from base64 (either alphabet) or hex. A passphrase is refused: it would be a weak key.
 *
 * @throws AppError `SERVICE_UNAVAILABLE` that names `source`, never the key.
 */
export function parseEncryptionKey(text: string, source: string): Uint8Array {
  const trimmed = text.trim();
  if (/^[0-9a-fA-F]{64}$/.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return Buffer.from(trimmed, 'base64');
  throw new AppError(
    'SERVICE_UNAVAILABLE',
    `${source} must hold 32 bytes in base64 or hex; \`openssl rand -base64 32\` makes such a key`,
  );
}

/** The key in the key file, or `undefined` when there is no such file. */
export function readKeyFile(directory: string): Uint8Array | undefined {
  const path = join(directory, encryptionKeyFileName);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
    chmodSync(path, 0o600);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new AppError('SERVICE_UNAVAILABLE', `cannot read ${path}: make it readable for the server`, {
      cause,
    });
  }
  return parseEncryptionKey(text, path);
}

/** Makes a key and its file, readable for the owner alone; the key is on the disk before anything is encrypted with it. */
export function makeKeyFile(directory: string): Uint8Array {
  const key = randomBytes(32);
  const path = join(directory, encryptionKeyFileName);
  const draft = `${path}.new`;
  try {
    rmSync(draft, { force: true });
    writeDurably(draft, `${key.toString('base64')}\n`);
    renameSync(draft, path);
    syncDirectory(directory);
  } catch (cause) {
    throw new AppError(
      'SERVICE_UNAVAILABLE',
      `cannot write ${path}: make room, or make the directory writable`,
      {
        cause,
      },
    );
  }
  return key;
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
