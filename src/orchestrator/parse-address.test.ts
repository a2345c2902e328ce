import { describe, expect, it } from 'vitest';
import { checkAddress } from './parse-address.js';

describe('an e-mail address', () => {
  it.each([
    'a@b',
    'alice@example.com',
    'first.last+tag@sub.example.co.uk',
    "o'hara!#$%&*/=?^_`{|}~-@example.com",
    'üser@exämple.com',
    '"quoted local"@example.com',
    '"a\\"b"@example.com',
    'alice@[192.0.2.1]',
    '<alice@example.com>',
    'Alice <alice@example.com>',
    'Alice B. Example <alice@example.com>',
    '"Alice, Example" <alice@example.com>',
    'alice@example.com (a comment)',
    'Alice (a (nested) comment) <alice@example.com>',
    '  alice@example.com  ',
  ])('may be %s', (text) => {
    expect(() => checkAddress(text)).not.toThrow();
  });

  it.each([
    ['   ', 'mail: no address'],
    ['nobody', "mail: missing '@' or angle-addr"],
    ['first.last', "mail: missing '@' or angle-addr"],
    ['nobody@', "mail: missing '@' or angle-addr"],
    ['Full Name', 'mail: no angle-addr'],
    ['"Full Name"', 'mail: no angle-addr'],
    ['@example.com', 'mail: missing word in phrase: mail: invalid string'],
    ['Alice <alice@example.com', 'mail: unclosed angle-addr'],
    ['Alice <alice>', 'mail: missing @ in addr-spec'],
    ['Alice <>', 'mail: invalid string'],
    ['<.alice@example.com>', 'mail: leading dot in atom'],
    ['<alice.@example.com>', 'mail: trailing dot in atom'],
    ['<al..ice@example.com>', 'mail: double dot in atom'],
    ['<""@example.com>', 'mail: empty quoted string in addr-spec'],
    ['"alice@example.com', 'mail: missing word in phrase: mail: unclosed quoted-string'],
    ['alice@example.com, bob@example.com', 'mail: expected single address, got ", bob@example.com"'],
    ['alice@example.com bob', 'mail: expected single address, got "bob"'],
    ['alice@example.com (open', 'mail: misformatted parenthetical comment'],
    ['alice@[192.0.2.1', "mail: missing '@' or angle-addr"],
    ['a\u0000@example.com', "mail: missing '@' or angle-addr"],
    ['a@b\r\nBcc: c@d', 'mail: expected single address, got "\\r\\nBcc: c@d"'],
  ])('is not %j', (text, message) => {
    expect(() => checkAddress(text)).toThrow(message);
  });

  it.each([
    'a'.repeat(500_000),
    '<'.repeat(500_000),
    '('.repeat(500_000),
    'a '.repeat(100_000),
    '"\\\\" '.repeat(50_000),
  ])('is judged quickly however long it is (%#)', (text) => {
    const begun = performance.now();

    expect(() => checkAddress(text)).toThrow('mail: ');

    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
