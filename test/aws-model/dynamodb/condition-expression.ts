import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { areEqual, compareValues, setMembers, typeOf } from './attribute-value.js';
import type { Item } from './attribute-value.js';
import { parsePath, valueAt } from './expression-scope.js';
import type { ExpressionScope } from './expression-scope.js';
import { Tokens } from './expression-tokens.js';
import { validationError } from './validation-error.js';

/** Whether an item meets a condition or passes a filter. */
export type Condition = (item: Item) => boolean;

/** One side of a comparison. */
interface Operand {
  readonly read: (item: Item) => AttributeValue | undefined;
  /** The value, where it was given with the request: its type is checked before any item is looked at. */
  readonly given?: AttributeValue | undefined;
}

const attributeTypes = new Set(['S', 'N', 'B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'NS', 'M']);
const comparators: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Parses a condition, filter or key condition: the same language. */
export function parseCondition(expression: string, parameter: string, scope: ExpressionScope): Condition {
  const parser = new ConditionParser(new Tokens(expression, parameter), scope);
  return parser.whole();
}

class ConditionParser {
  constructor(
    private readonly tokens: Tokens,
    private readonly scope: ExpressionScope,
  ) {}

  whole(): Condition {
    const condition = this.#disjunction();
    if (!this.tokens.isAtEnd) throw this.tokens.syntaxError();
    return condition;
  }

  #disjunction(): Condition {
    let left = this.#conjunction();
    while (this.tokens.takeIf('OR')) {
      const [one, other] = [left, this.#conjunction()];
      left = (item) => one(item) || other(item);
    }
    return left;
  }

  #conjunction(): Condition {
    let left = this.#negation();
    while (this.tokens.takeIf('AND')) {
      const [one, other] = [left, this.#negation()];
      left = (item) => one(item) && other(item);
    }
    return left;
  }

  #negation(): Condition {
    if (!this.tokens.takeIf('NOT')) return this.#primary();
    const negated = this.#negation();
    return (item) => !negated(item);
  }

  #primary(): Condition {
    if (this.tokens.takeIf('(')) {
      const condition = this.#disjunction();
      this.tokens.expect(')');
      return condition;
    }
    return this.tokens.attempt(() => this.#predicate()) ?? this.#comparison();
  }

  /** `attribute_exists(path)` and its like. */
  #predicate(): Condition | undefined {
    const name = this.tokens.take();
    if (name.kind !== 'word' || !this.tokens.takeIf('(')) return undefined;
    switch (name.text) {
      case 'attribute_exists':
      case 'attribute_not_exists': {
        const path = parsePath(this.tokens, this.scope);
        this.tokens.expect(')');
        const isWanted = name.text === 'attribute_exists';
        return (item) => (valueAt(item, path) !== undefined) === isWanted;
      }
      case 'attribute_type':
        return this.#binary(name.text, (value, type) => value !== undefined && typeOf(value) === type?.S);
      case 'begins_with':
        return this.#binary(
          name.text,
          (value, prefix) => prefix?.S !== undefined && value?.S?.startsWith(prefix.S) === true,
        );
      case 'contains':
        return this.#binary(name.text, contains);
      default:
        // `size(…)` is an operand; the comparison reads it.
        return undefined;
    }
  }

  #binary(
    name: string,
    test: (one: AttributeValue | undefined, other: AttributeValue | undefined) => boolean,
  ): Condition {
    const one = this.#operand();
    this.tokens.expect(',');
    const other = this.#operand();
    this.tokens.expect(')');
    for (const { given } of name === 'contains' ? [] : [one, other]) {
      if (given && given.S === undefined) throw this.#wrongType(name, given);
    }
    if (name === 'attribute_type' && !attributeTypes.has(other.given?.S ?? '')) {
      throw this.#invalid(`Invalid attribute type name found; type: ${other.given?.S ?? ''}`);
    }
    return (item) => test(one.read(item), other.read(item));
  }

  #comparison(): Condition {
    const left = this.#operand();
    if (this.tokens.takeIf('BETWEEN')) return this.#range(left);
    if (this.tokens.takeIf('IN')) return this.#membership(left);

    const { text, kind } = this.tokens.take();
    const right = this.#operand();
    if (kind === 'symbol' && text === '=') return (item) => areEqual(left.read(item), right.read(item));
    if (kind === 'symbol' && text === '<>') return (item) => !areEqual(left.read(item), right.read(item));
    if (kind !== 'symbol' || !comparators[text]) throw this.tokens.syntaxError(text);
    this.#refuseUnordered(text, [left, right]);
    return (item) => isOrdered(left.read(item), right.read(item), text);
  }

  #range(left: Operand): Condition {
    const low = this.#operand();
    this.tokens.expect('AND');
    const high = this.#operand();
    this.#refuseUnordered('BETWEEN', [left, low, high]);
    if (low.given && high.given) {
      if (typeOf(low.given) !== typeOf(high.given)) {
        throw this.#invalid('The BETWEEN operator requires same data type for lower and upper bounds');
      }
      if ((compareValues(low.given, high.given) ?? 0) > 0) {
        throw this.#invalid(
          'The BETWEEN operator requires upper bound to be greater than or equal to lower bound',
        );
      }
    }
    return (item) =>
      isOrdered(left.read(item), low.read(item), '>=') && isOrdered(left.read(item), high.read(item), '<=');
  }

  #membership(left: Operand): Condition {
    this.tokens.expect('(');
    const candidates = [this.#operand()];
    while (this.tokens.takeIf(',')) candidates.push(this.#operand());
    this.tokens.expect(')');
    return (item) => candidates.some((candidate) => areEqual(left.read(item), candidate.read(item)));
  }

  #operand(): Operand {
    if (this.tokens.next.kind === 'value') {
      const given = this.scope.value(this.tokens.take().text, this.tokens.parameter);
      return { given, read: () => given };
    }
    const size = this.tokens.attempt(() => this.#size());
    if (size) return size;
    const path = parsePath(this.tokens, this.scope);
    return { read: (item) => valueAt(item, path) };
  }

  #size(): Operand | undefined {
    if (this.tokens.take().text !== 'size' || !this.tokens.takeIf('(')) return undefined;
    const path = parsePath(this.tokens, this.scope);
    this.tokens.expect(')');
    return {
      read: (item) => {
        const size = sizeOf(valueAt(item, path));
        return size === undefined ? undefined : { N: String(size) };
      },
    };
  }

  #refuseUnordered(operator: string, operands: readonly Operand[]): void {
    for (const { given } of operands) {
      if (given && !['S', 'N', 'B'].includes(typeOf(given))) throw this.#wrongType(operator, given);
    }
  }

  #wrongType(name: string, given: AttributeValue): Error {
    return this.#invalid(
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${typeOf(given)}`,
    );
  }

  #invalid(problem: string): Error {
    return validationError(`Invalid ${this.tokens.parameter}: ${problem}`);
  }
}

function isOrdered(
  one: AttributeValue | undefined,
  other: AttributeValue | undefined,
  comparator: string,
): boolean {
  const order = one && other && compareValues(one, other);
  return order !== undefined && comparators[comparator]?.(order) === true;
}

function contains(value: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (value === undefined || part === undefined) return false;
  if (value.S !== undefined) return part.S !== undefined && value.S.includes(part.S);
  if (value.L) return value.L.some((item) => areEqual(item, part));
  return setMembers(value)?.includes(part.S ?? part.N ?? '') ?? false;
}

function sizeOf(value: AttributeValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.B) return value.B.length;
  return value.L?.length ?? setMembers(value)?.length ?? (value.M && Object.keys(value.M).length);
}
