/** Letters of a name or an address: anything that can be seen but the specials of RFC 5322, 3.2.3. */
const leadingAtom = /^[^\p{Cc}\s()<>[\]:;@\\,"]+/u;
const onlyAtom = /^[^\p{Cc}\s()<>[\]:;@\\,"]*$/u;

/** Reads one e-mail address from the left; what is left of the text stands in `rest`. */
class AddressReader {
  rest: string;

  constructor(text: string) {
    this.rest = text;
  }

  skipSpace(): void {
    this.rest = this.rest.replace(/^[ \t]+/, '');
  }

  /** Skips blanks and comments, which may be nested. */
  skipComments(): void {
    this.skipSpace();
    while (this.rest.startsWith('(')) {
      let depth = 0;
      let end = 0;
      do {
        const letter = this.rest[end];
        if (letter === undefined) throw new Error('mail: misformatted parenthetical comment');
        if (letter === '(') depth += 1;
        if (letter === ')') depth -= 1;
        end += letter === '\\' ? 2 : 1;
      } while (depth > 0);
      this.rest = this.rest.slice(end);
      this.skipSpace();
    }
  }

  consume(letter: string): boolean {
    if (!this.rest.startsWith(letter)) return false;
    this.rest = this.rest.slice(letter.length);
    return true;
  }

  atom(dots: 'free' | 'between'): string {
    const atom = leadingAtom.exec(this.rest)?.[0] ?? '';
    if (atom === '') throw new Error('mail: invalid string');
    if (dots === 'between') {
      if (atom.startsWith('.')) throw new Error('mail: leading dot in atom');
      if (atom.includes('..')) throw new Error('mail: double dot in atom');
      if (atom.endsWith('.')) throw new Error('mail: trailing dot in atom');
    }
    this.rest = this.rest.slice(atom.length);
    return atom;
  }

  quotedString(): string {
    const match = /^"((?:[^"\\]|\\.)*)"/s.exec(this.rest);
    if (match?.[1] === undefined) throw new Error('mail: unclosed quoted-string');
    if (/[^\P{Cc}\t]/u.test(match[1])) throw new Error('mail: bad character in quoted-string');
    this.rest = this.rest.slice(match[0].length);
    return match[1].replace(/\\(.)/gs, '$1');
  }

  addressSpec(): void {
    this.skipSpace();
    if (this.rest === '') throw new Error('mail: no addr-spec');
    if (this.rest.startsWith('"')) {
      if (this.quotedString() === '') throw new Error('mail: empty quoted string in addr-spec');
    } else {
      this.atom('between');
    }
    if (!this.consume('@')) throw new Error('mail: missing @ in addr-spec');
    this.skipSpace();
    if (this.rest === '') throw new Error('mail: no domain in addr-spec');
    if (this.rest.startsWith('[')) this.domainLiteral();
    else this.atom('between');
  }

  domainLiteral(): void {
    const match = /^\[[^[\]\\\s]*\]/.exec(this.rest);
    if (match === null) throw new Error('mail: unclosed domain-literal');
    this.rest = this.rest.slice(match[0].length);
  }

  /** Words of a display name, joined by single blanks. */
  phrase(): string {
    const words: string[] = [];
    for (;;) {
      if (words.length > 0) this.skipComments();
      this.skipSpace();
      try {
        words.push(this.rest.startsWith('"') ? this.quotedString() : this.atom('free'));
      } catch (cause) {
        if (words.length > 0) return words.join(' ');
        throw new Error(`mail: missing word in phrase: ${(cause as Error).message}`, { cause });
      }
    }
  }
}

function readNameAndAngleAddress(reader: AddressReader): void {
  const name = reader.rest.startsWith('<') ? '' : reader.phrase();
  reader.skipSpace();
  if (!reader.consume('<')) {
    throw new Error(onlyAtom.test(name) ? "mail: missing '@' or angle-addr" : 'mail: no angle-addr');
  }
  reader.addressSpec();
  if (!reader.consume('>')) throw new Error('mail: unclosed angle-addr');
}

/**
 * Checks that a text is one e-mail address of RFC 5322, alone (`a@b.c`) or behind a name (`Alice <a@b.c>`). Groups are
 * not accepted.
 *
 * @throws Error in the words that clients of the original know, such as `mail: missing '@' or angle-addr`.
 */
export function checkAddress(text: string): void {
  const reader = new AddressReader(text);
  reader.skipSpace();
  if (reader.rest === '') throw new Error('mail: no address');

  const start = reader.rest;
  try {
    reader.addressSpec();
  } catch {
    // Not an address alone; the same text may be a name with an address behind it.
    reader.rest = start;
    readNameAndAngleAddress(reader);
  }
  reader.skipComments();
  if (reader.rest !== '')
    throw new Error(`mail: expected single address, got ${JSON.stringify(reader.rest)}`);
}
