import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { copyData } from '../copy-data.js';
import { addNumbers, setMembers, storedForm, typeOf } from './attribute-value.js';
import type { Item } from './attribute-value.js';
import { parsePath, valueAt } from './expression-scope.js';
import type { DocumentPath, ExpressionScope } from './expression-scope.js';
import { Tokens } from './expression-tokens.js';
import { validationError } from './validation-error.js';

interface Operand {
  readonly read: (item: Item) => AttributeValue;
  /** The value, where it was given with the request: its type is checked before any item is looked at. */
  readonly given?: AttributeValue | undefined;
}

type Action = (before: Item, after: Item) => void;

/** An update: what it does to an item, and the attributes that it names. */
export interface Update {
  readonly apply: (item: Item) => Item;
  readonly paths: readonly DocumentPath[];
  /** Whole attributes that are set to a value of the request: their types can be checked before anything is read. */
  readonly given: ReadonlyMap<string, AttributeValue>;
}

const wrongType = 'An operand in the update expression has an incorrect data type';
const missingOperand = 'The provided expression refers to an attribute that does not exist in the item';

/** `SET … REMOVE … ADD … DELETE …`, each clause once, in any order. Every operand sees the item as it was before. */
export function parseUpdate(expression: string, scope: ExpressionScope): Update {
  const parser = new UpdateParser(new Tokens(expression, 'UpdateExpression'), scope);
  const { actions, paths, given } = parser.whole();
  return {
    paths,
    given,
    apply: (item) => {
      const after = copyData(item);
      for (const action of actions) action(item, after);
      return after;
    },
  };
}

class UpdateParser {
  readonly #actions: Action[] = [];
  readonly #paths: DocumentPath[] = [];
  readonly #assigned = new Map<string, AttributeValue>();

  constructor(
    private readonly tokens: Tokens,
    private readonly scope: ExpressionScope,
  ) {}

  whole(): Omit<Update, 'apply'> & { readonly actions: readonly Action[] } {
    const seen = new Set<string>();
    do {
      const clause = this.tokens.take().text.toUpperCase();
      if (seen.has(clause)) {
        throw validationError(
          `Invalid UpdateExpression: The "${clause}" section can only be used once in an update expression;`,
        );
      }
      seen.add(clause);
      const readAction = this.#clauses[clause];
      if (!readAction) throw this.tokens.syntaxError(clause);
      do this.#actions.push(readAction());
      while (this.tokens.takeIf(','));
    } while (!this.tokens.isAtEnd);
    return { actions: this.#actions, paths: this.#paths, given: this.#assigned };
  }

  readonly #clauses: Readonly<Record<string, () => Action>> = {
    SET: () => {
      const path = this.#path();
      this.tokens.expect('=');
      const operand = this.#sum();
      if (path.length === 1 && operand.given) this.#assigned.set(String(path[0]), operand.given);
      return (before, after) => {
        setAt(after, path, storedForm(operand.read(before)));
      };
    },
    REMOVE: () => {
      const path = this.#path();
      return (_before, after) => {
        removeAt(after, path);
      };
    },
    ADD: () => {
      const path = this.#path();
      const operand = this.#given();
      if (operand.N === undefined && !setMembers(operand)) throw wrongOperand('ADD', operand);
      return (before, after) => {
        setAt(after, path, added(valueAt(before, path), operand));
      };
    },
    DELETE: () => {
      const path = this.#path();
      const operand = this.#given();
      if (!setMembers(operand)) throw wrongOperand('DELETE', operand);
      return (before, after) => {
        const value = valueAt(before, path);
        if (value === undefined) return;
        refuseOtherType(value, operand);
        const left = setMembers(value)?.filter((one) => !setMembers(operand)?.includes(one)) ?? [];
        if (left.length === 0) removeAt(after, path);
        else setAt(after, path, operand.SS ? { SS: [...left] } : { NS: [...left] });
      };
    },
  };

  /** A path that the update changes; no two of them may overlap. */
  #path(): DocumentPath {
    const path = parsePath(this.tokens, this.scope);
    if (this.#paths.some((other) => doOverlap(path, other))) {
      throw validationError(
        'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths',
      );
    }
    this.#paths.push(path);
    return path;
  }

  #given(): AttributeValue {
    const token = this.tokens.take();
    if (token.kind !== 'value') throw this.tokens.syntaxError(token.text);
    return this.scope.value(token.text, this.tokens.parameter);
  }

  #sum(): Operand {
    const left = this.#operand();
    const sign = this.tokens.takeIf('+') ? 1 : this.tokens.takeIf('-') ? -1 : undefined;
    if (sign === undefined) return left;
    const right = this.#operand();
    for (const { given } of [left, right]) {
      if (given && given.N === undefined) throw wrongOperand(sign === 1 ? '+' : '-', given);
    }
    return {
      read: (item) => ({ N: addNumbers(numberOf(left.read(item)), numberOf(right.read(item)), sign) }),
    };
  }

  #operand(): Operand {
    if (this.tokens.next.kind === 'value') {
      const given = this.#given();
      return { given, read: () => given };
    }
    const called = this.tokens.attempt(() => this.#functionCall());
    if (called) return called;
    const path = parsePath(this.tokens, this.scope);
    return { read: (item) => valueAt(item, path) ?? refuse(missingOperand) };
  }

  #functionCall(): Operand | undefined {
    const name = this.tokens.take();
    if (name.kind !== 'word' || !this.tokens.takeIf('(')) return undefined;
    if (name.text === 'if_not_exists') {
      const path = parsePath(this.tokens, this.scope);
      this.tokens.expect(',');
      const otherwise = this.#operand();
      this.tokens.expect(')');
      return { read: (item) => valueAt(item, path) ?? otherwise.read(item) };
    }
    if (name.text !== 'list_append') {
      throw validationError(`Invalid UpdateExpression: Invalid function name; function: ${name.text}`);
    }
    const one = this.#operand();
    this.tokens.expect(',');
    const other = this.#operand();
    this.tokens.expect(')');
    for (const { given } of [one, other]) {
      if (given && !given.L) throw wrongOperand('list_append', given);
    }
    return { read: (item) => ({ L: [...listOf(one.read(item)), ...listOf(other.read(item))] }) };
  }
}

/** Whether one is the other, or a part of it. */
function doOverlap(one: DocumentPath, other: DocumentPath): boolean {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  return shorter.every((step, index) => step === longer[index]);
}

function added(value: AttributeValue | undefined, operand: AttributeValue): AttributeValue {
  if (value) refuseOtherType(value, operand);
  if (operand.N !== undefined) return { N: addNumbers(value?.N ?? '0', operand.N, 1) };
  const members = [...new Set([...(setMembers(value) ?? []), ...(setMembers(operand) ?? [])])];
  return operand.SS ? { SS: members } : { NS: members };
}

function setAt(item: Item, path: DocumentPath, value: AttributeValue): void {
  const last = path.at(-1);
  const parent = valueAt(item, path.slice(0, -1));
  if (typeof last === 'string' && parent?.M) parent.M[last] = value;
  else if (typeof last === 'number' && parent?.L) parent.L[Math.min(last, parent.L.length)] = value;
  else refuse('The document path provided in the update expression is invalid for update');
}

function removeAt(item: Item, path: DocumentPath): void {
  const last = path.at(-1);
  const parent = valueAt(item, path.slice(0, -1));
  if (typeof last === 'string' && parent?.M) Reflect.deleteProperty(parent.M, last);
  else if (typeof last === 'number' && parent?.L) parent.L.splice(last, 1);
  else refuse('The document path provided in the update expression is invalid for update');
}

function numberOf(value: AttributeValue): string {
  return value.N ?? refuse(wrongType);
}

function listOf(value: AttributeValue): readonly AttributeValue[] {
  return value.L ?? refuse(wrongType);
}

function refuseOtherType(value: AttributeValue, operand: AttributeValue): void {
  if (typeOf(value) !== typeOf(operand)) refuse(wrongType);
}

function wrongOperand(operator: string, given: AttributeValue): Error {
  return validationError(
    `Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ${operator}, operand type: ${typeOf(given)}`,
  );
}

function refuse(message: string): never {
  throw validationError(message);
}
