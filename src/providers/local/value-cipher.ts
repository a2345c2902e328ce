import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Encrypts values so that each can be read only where it was put. */
export interface ValueCipher {
  encrypt(text: string, place: ValuePlace): Uint8Array;
  /** @throws Error when the key is another one, the bytes were changed, or they belong to another place. */
  decrypt(encrypted: Uint8Array, place: ValuePlace): string;
}

/** Which record a value belongs to; part of what is authenticated, so that values cannot be swapped. */
export interface ValuePlace {
  readonly kind: 'encryption-check' | 'pending-key' | 'secret';
  /** Key of the record among those of its kind. */
  readonly key: string;
}

const algorithm = 'aes-256-gcm';
/** First byte of every value, so that another layout can be told from this one. */
const layoutVersion = 1;
const nonceLength = 12;
const tagLength = 16;

/** Creates a cipher from a key of 32 bytes. A value is: layout, nonce, ciphertext, tag. */
export function createValueCipher(key: Uint8Array): ValueCipher {
  return {
    encrypt(text, place) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(placeBytes(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(layoutVersion), nonce, body, cipher.getAuthTag()]);
    },

    decrypt(encrypted, place) {
      if (encrypted[0] !== layoutVersion || encrypted.length < 1 + nonceLength + tagLength) {
        throw new Error('the encrypted value is damaged: it does not have the layout of one');
      }
      const nonce = encrypted.subarray(1, 1 + nonceLength);
      const body = encrypted.subarray(1 + nonceLength, -tagLength);
      const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength });
      decipher.setAAD(placeBytes(place)).setAuthTag(encrypted.subarray(-tagLength));
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
  };
}

function placeBytes({ kind, key }: ValuePlace): Buffer {
  // Kinds hold no colon, so that no two places have the same bytes.
  return Buffer.from(`${kind}:${key}`, 'utf8');
}
