import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from './attribute-value.js';
import type { Tokens } from './expression-tokens.js';
import { reservedWords } from './reserved-words.js';
import { validationError } from './validation-error.js';

/** A place in an item: attribute names and positions in lists. */
export type DocumentPath = readonly (string | number)[];

/** The names and values that the expressions of one request may use, each of which must be used. */
export class ExpressionScope {
  readonly #unusedNames: Set<string>;
  readonly #unusedValues: Set<string>;

  constructor(
    private readonly names: Readonly<Record<string, string>> = {},
    private readonly values: Readonly<Record<string, AttributeValue>> = {},
  ) {
    this.#unusedNames = new Set(Object.keys(names));
    this.#unusedValues = new Set(Object.keys(values));
  }

  value(placeholder: string, parameter: string): AttributeValue {
    const value = this.values[placeholder];
    if (value === undefined) {
      throw validationError(
        `Invalid ${parameter}: An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
      );
    }
    this.#unusedValues.delete(placeholder);
    return value;
  }

  name(token: string, parameter: string): string {
    if (!token.startsWith('#')) {
      if (reservedWords.has(token.toUpperCase())) {
        throw validationError(
          `Invalid ${parameter}: Attribute name is a reserved keyword; reserved keyword: ${token}`,
        );
      }
      return token;
    }
    const name = this.names[token];
    if (name === undefined) {
      throw validationError(
        `Invalid ${parameter}: An expression attribute name used in the document path is not defined; attribute name: ${token}`,
      );
    }
    this.#unusedNames.delete(token);
    return name;
  }

  /** To be asked once all expressions of the request are parsed. */
  checkAllUsed(): void {
    refuseUnused('ExpressionAttributeNames', this.#unusedNames);
    refuseUnused('ExpressionAttributeValues', this.#unusedValues);
  }
}

/** `a.b[0].#c` */
export function parsePath(tokens: Tokens, scope: ExpressionScope): DocumentPath {
  const path: (string | number)[] = [attributeName(tokens, scope)];
  for (;;) {
    if (tokens.takeIf('.')) path.push(attributeName(tokens, scope));
    else if (tokens.takeIf('[')) {
      const token = tokens.take();
      if (token.kind !== 'number') throw tokens.syntaxError(token.text);
      path.push(Number(token.text));
      tokens.expect(']');
    } else return path;
  }
}

/** What stands at a path, if anything. */
export function valueAt(item: Item, path: DocumentPath): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };
  for (const step of path) {
    value = typeof step === 'number' ? value?.L?.[step] : ownMember(value?.M, step);
  }
  return value;
}

function ownMember(members: Item | undefined, name: string): AttributeValue | undefined {
  return members && Object.hasOwn(members, name) ? members[name] : undefined;
}

function attributeName(tokens: Tokens, scope: ExpressionScope): string {
  const token = tokens.take();
  if (token.kind !== 'word' && token.kind !== 'name') throw tokens.syntaxError(token.text);
  return scope.name(token.text, tokens.parameter);
}

function refuseUnused(parameter: string, unused: ReadonlySet<string>): void {
  if (unused.size === 0) return;
  throw validationError(
    `Value provided in ${parameter} unused in expressions: keys: {${[...unused].join(', ')}}`,
  );
}
