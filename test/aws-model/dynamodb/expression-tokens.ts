import { validationError } from './validation-error.js';

/** A piece of an expression. */
export interface Token {
  readonly kind: 'word' | 'name' | 'value' | 'number' | 'symbol' | 'end';
  readonly text: string;
}

const pieces = [
  ['word', /^[A-Za-z_][A-Za-z0-9_]*/],
  ['name', /^#[A-Za-z0-9_]+/],
  ['value', /^:[A-Za-z0-9_]+/],
  ['number', /^\d+/],
  ['symbol', /^(?:<>|<=|>=|[=<>()[\].,+-])/],
] as const;

/** Reads an expression piece by piece, one ahead. */
export class Tokens {
  readonly #tokens: Token[] = [];
  #position = 0;

  constructor(
    private readonly expression: string,
    /** As it appears in messages: `ConditionExpression`. */
    readonly parameter: string,
  ) {
    for (let rest = expression.trimStart(); rest !== '';) {
      const [kind, text] = firstPiece(rest) ?? ['symbol', undefined];
      if (text === undefined) throw this.syntaxError(rest.slice(0, 1));
      this.#tokens.push({ kind, text });
      rest = rest.slice(text.length).trimStart();
    }
  }

  get next(): Token {
    return this.#tokens[this.#position] ?? { kind: 'end', text: '<EOF>' };
  }

  get isAtEnd(): boolean {
    return this.next.kind === 'end';
  }

  take(): Token {
    const token = this.next;
    this.#position += 1;
    return token;
  }

  /** Takes a symbol or a keyword, whatever its case, if it is next. */
  takeIf(text: string): boolean {
    const { kind, text: found } = this.next;
    const isIt = kind === 'symbol' ? found === text : kind === 'word' && found.toUpperCase() === text;
    if (isIt) this.#position += 1;
    return isIt;
  }

  expect(text: string): void {
    if (!this.takeIf(text)) throw this.syntaxError();
  }

  syntaxError(token = this.next.text): Error {
    return validationError(
      `Invalid ${this.parameter}: Syntax error; token: "${token}", near: "${this.expression}"`,
    );
  }

  /** A look at what would follow, undone if it was not it. */
  attempt<Result>(read: () => Result | undefined): Result | undefined {
    const position = this.#position;
    const result = read();
    if (result === undefined) this.#position = position;
    return result;
  }
}

function firstPiece(text: string): readonly [Token['kind'], string] | undefined {
  for (const [kind, pattern] of pieces) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return [kind, found];
  }
  return undefined;
}
