import { createHash } from 'node:crypto';

/** Source of random bytes; `randomBytes` of node:crypto outside of tests. */
export type RandomBytes = (size: number) => Buffer;

/** A new API key, claim token or stream token: 24 random bytes in base64url, 32 characters. */
export function createToken(randomBytes: RandomBytes): string {
  return randomBytes(24).toString('base64url');
}

/** The only form in which a key is stored: base64, padded, of the SHA-256 of its text. */
export function hashApiKey(apiKey: string): string {
  return createHash('sha256').update(apiKey, 'utf8').digest('base64');
}
