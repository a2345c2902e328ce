import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { typeOf } from './attribute-value.js';
import { parseCondition } from './condition-expression.js';
import type { Condition } from './condition-expression.js';
import { parsePath } from './expression-scope.js';
import type { ExpressionScope } from './expression-scope.js';
import { Tokens } from './expression-tokens.js';
import { refuseEmpty } from './table.js';
import type { KeySchema, TableDefinition } from './table.js';
import { validationError } from './validation-error.js';

const parameter = 'KeyConditionExpression';

/**
 * Parses the condition of a query: equality of the partition, alone or with one condition on the range. What a filter
 * could also say, such as `OR`, a key condition cannot.
 */
export function parseKeyCondition(
  expression: string,
  schema: KeySchema,
  types: TableDefinition['types'],
  scope: ExpressionScope,
): Condition {
  const tokens = new Tokens(expression, parameter);
  const named = new Set<string>();
  let partition: AttributeValue | undefined;
  do {
    const { name, equals, operands } = readOne(tokens, scope);
    if (named.has(name)) {
      throw validationError(`Invalid ${parameter}: ${parameter}s must only contain one condition per key`);
    }
    named.add(name);
    if (operands.some((operand) => types[name] !== undefined && typeOf(operand) !== types[name])) {
      throw validationError(
        'One or more parameter values were invalid: Condition parameter type does not match schema type',
      );
    }
    if (name === schema.hash) partition = equals;
    for (const operand of operands) refuseEmpty(name, operand);
  } while (tokens.takeIf('AND'));
  if (!tokens.isAtEnd)
    throw validationError(`Invalid ${parameter}: Invalid operator used in ${parameter}: ${tokens.next.text}`);

  if (!named.has(schema.hash))
    throw validationError(`Query condition missed key schema element: ${schema.hash}`);
  if (!partition) throw validationError('Query key condition not supported');
  for (const name of named) {
    if (name === schema.hash || name === schema.range) continue;
    throw validationError(
      schema.range === undefined
        ? 'Query key condition not supported'
        : `Query condition missed key schema element: ${schema.range}`,
    );
  }
  return parseCondition(expression, parameter, scope);
}

interface KeyPart {
  readonly name: string;
  readonly operands: readonly AttributeValue[];
  /** The value, where the condition is an equality. */
  readonly equals?: AttributeValue | undefined;
}

function readOne(tokens: Tokens, scope: ExpressionScope): KeyPart {
  if (tokens.takeIf('(')) {
    const part = readOne(tokens, scope);
    tokens.expect(')');
    return part;
  }
  if (tokens.takeIf('BEGINS_WITH')) {
    tokens.expect('(');
    const name = attribute(tokens, scope);
    tokens.expect(',');
    const operands = [value(tokens, scope)];
    tokens.expect(')');
    return { name, operands };
  }
  const name = attribute(tokens, scope);
  if (tokens.takeIf('BETWEEN')) {
    const low = value(tokens, scope);
    tokens.expect('AND');
    return { name, operands: [low, value(tokens, scope)] };
  }
  const operator = tokens.take().text;
  if (!['=', '<', '<=', '>', '>='].includes(operator)) {
    throw validationError(`Invalid ${parameter}: Invalid operator used in ${parameter}: ${operator}`);
  }
  const operand = value(tokens, scope);
  return operator === '=' ? { name, operands: [operand], equals: operand } : { name, operands: [operand] };
}

function attribute(tokens: Tokens, scope: ExpressionScope): string {
  const [name] = parsePath(tokens, scope);
  return String(name);
}

function value(tokens: Tokens, scope: ExpressionScope): AttributeValue {
  const token = tokens.take();
  if (token.kind !== 'value') throw tokens.syntaxError(token.text);
  return scope.value(token.text, parameter);
}
