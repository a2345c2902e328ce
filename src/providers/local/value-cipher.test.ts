import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';

import { createValueCipher } from './value-cipher.js';

const cipher = createValueCipher(randomBytes(32));
const place = { kind: 'secret', key: 'token' } as const;

it.each(['', 'value', 'ünï 😀\n\u0000', 'x'.repeat(1_000_000)])(
  'gives back what was encrypted (%#)',
  (text) => {
    expect(cipher.decrypt(cipher.encrypt(text, place), place)).toBe(text);
  },
);

it('never encrypts one value to the same bytes twice, nor shows it', () => {
  const one = cipher.encrypt('the value itself', place);
  const other = cipher.encrypt('the value itself', place);

  expect(Buffer.compare(one, other)).not.toBe(0);
  expect(Buffer.from(one).includes('value')).toBe(false);
});

it('refuses bytes that belong to another record, or to another kind of record', () => {
  const encrypted = cipher.encrypt('value', place);

  expect(() => cipher.decrypt(encrypted, { kind: 'secret', key: 'other' })).toThrow();
  expect(() => cipher.decrypt(encrypted, { kind: 'pending-key', key: 'token' })).toThrow();
});

it('refuses bytes under another key', () => {
  const encrypted = cipher.encrypt('value', place);

  expect(() => createValueCipher(randomBytes(32)).decrypt(encrypted, place)).toThrow();
});

it('refuses bytes of which a single bit was changed, and any part of them', () => {
  const encrypted = cipher.encrypt('value', place);

  for (let index = 0; index < encrypted.length; index += 1) {
    const changed = encrypted.map((byte, at) => (at === index ? byte ^ 1 : byte));
    expect(() => cipher.decrypt(changed, place)).toThrow();
    expect(() => cipher.decrypt(encrypted.subarray(0, index), place)).toThrow();
  }
});
