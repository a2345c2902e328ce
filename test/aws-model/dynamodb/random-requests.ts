import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';

/** A request as data; operations by name. */
export interface DynamoDbRequest {
  readonly operation: 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query' | 'Scan';
  readonly input: Readonly<Record<string, unknown>>;
  /** Go on where the last page of this sequence ended. */
  readonly fromLastKey?: boolean | undefined;
}

const images = 'runvoy-image-taskdefs';
const executions = 'runvoy-executions';

const imageId = fc
  .constantFrom('alpine:latest-c5c74c0e', 'alpine:latest-7aa12d17', 'b:1-00000000', 'ä:2-11111111', '')
  .map((S): AttributeValue => ({ S }));
const executionId = fc.constantFrom('e1', 'e2', 'e3', 'e4').map((S): AttributeValue => ({ S }));
const text = fc.constantFrom('', 'a', 'ab', 'b', 'DEFAULT').map((S): AttributeValue => ({ S }));
/** Keys of indexes hold no empty text. */
const keyText = text.filter(({ S }) => S !== '');
const number = fc
  .constantFrom('0', '1', '-5', '007', '1.50', '12345678901234567890')
  .map((N): AttributeValue => ({ N }));
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  text,
  number,
  fc.boolean().map((BOOL): AttributeValue => ({ BOOL })),
  fc.constant<AttributeValue>({ NULL: true }),
  fc.array(text, { maxLength: 3 }).map((L): AttributeValue => ({ L })),
  fc.record({ a: text, b: number }).map((M): AttributeValue => ({ M })),
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }).map((SS): AttributeValue => ({ SS })),
);
/** The service refuses an empty text in an index, its double here does not. */
const indexKey = value.filter(({ S }) => S !== '');
const mostly = (arbitrary: fc.Arbitrary<AttributeValue>): fc.Arbitrary<AttributeValue> =>
  fc.oneof({ weight: 9, arbitrary }, { weight: 1, arbitrary: indexKey });
interface Index {
  readonly name: string;
  readonly hash: string;
  readonly range: string;
}
const item = (key: string, keyValue: fc.Arbitrary<AttributeValue>, index: Index): fc.Arbitrary<unknown> =>
  fc
    .record(
      {
        [key]: keyValue,
        [index.hash]: mostly(keyText),
        ...(index.range !== key && { [index.range]: mostly(number) }),
        a: value,
        l: value,
        m: value,
      },
      { requiredKeys: [] },
    )
    .chain((one) => fc.record({ one: fc.constant(one), must: keyValue }))
    .chain(({ one, must }) =>
      fc.oneof(
        { weight: 9, arbitrary: fc.constant({ ...one, [key]: must }) },
        { weight: 1, arbitrary: fc.constant(one) },
      ),
    );

/** Conditions and filters that can be written with `:x`, `:y` and `#n` (the attribute `a`). */
const condition = fc.constantFrom(
  'attribute_exists(#n)',
  'attribute_not_exists(image_id)',
  'attribute_not_exists(execution_id) OR #n = :x',
  '#n = :x',
  '#n <> :x',
  '#n < :x',
  '#n >= :x AND NOT l = :y',
  '#n BETWEEN :x AND :y',
  '#n IN (:x, :y)',
  'begins_with(#n, :x)',
  'contains(l, :x)',
  'size(#n) > :x',
  'attribute_type(#n, :x)',
  'm.a = :x OR (m.b = :y AND l[0] = :x)',
  '#n = :missing',
  'status = :x',
  '#n = ',
  '(#n = :x',
);
const list = fc.array(text, { maxLength: 3 }).map((L): AttributeValue => ({ L }));
const set = fc.constantFrom<string[]>(['a'], ['a', 'b']).map((SS): AttributeValue => ({ SS }));

/** Updates with the operand that they are made for, and some with any other. */
const update = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      'SET #n = :x',
      'SET #n = :x, l = :y REMOVE m',
      'SET updated_at = :x REMOVE is_default_placeholder',
      'SET is_default_placeholder = :x, updated_at = :y',
      'SET m.c = :x',
      'SET l = m, m = l',
      'SET image_id = :x',
      'SET #n = :x SET l = :y',
      'SET #n = :x REMOVE #n',
      'REMOVE #n, l[0]',
      'REMOVE #n, m',
    ),
    value,
  ),
  fc.tuple(
    fc.constantFrom('SET #n = #n + :x', 'SET counter = if_not_exists(counter, :x) + :x', 'ADD counter :x'),
    number,
  ),
  fc.tuple(fc.constantFrom('SET l = list_append(l, :x)', 'SET #n = list_append(:x, :x)'), list),
  fc.tuple(fc.constantFrom('ADD members :x', 'DELETE members :x'), set),
  fc.tuple(
    fc.constantFrom('ADD #n :x', 'DELETE #n :x', 'SET l = list_append(l, :x)', 'SET #n = #n - :x'),
    value,
  ),
);

/** The service refuses to order what has no order, its double here does not: that is not asked. */
const expressions = fc
  .record({
    condition: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 2, arbitrary: condition },
    ),
    x: value,
    y: value,
  })
  .filter(({ condition: when, ...operands }) => isSoundWith(when, operands));

function isSoundWith(when = '', { x, y }: { x: AttributeValue; y: AttributeValue }): boolean {
  return !/[<>]=? |BETWEEN/.test(when) || (isOrdered(x) && isOrdered(y));
}

function isOrdered({ S, N }: AttributeValue): boolean {
  return S !== undefined || N !== undefined;
}

/** Exactly the names and values that the expressions use: what is left over is refused, which is a test of its own. */
function placeholders(
  used: readonly (string | undefined)[],
  values: { x: AttributeValue; y: AttributeValue },
): object {
  const all = used.join(' ');
  const present = Object.entries({ ':x': values.x, ':y': values.y }).filter(([name]) => all.includes(name));
  return {
    ...(all.includes('#n') && { ExpressionAttributeNames: { '#n': 'a' } }),
    ...(present.length > 0 && { ExpressionAttributeValues: Object.fromEntries(present) }),
  };
}

function forTable(
  table: string,
  key: string,
  keyValue: fc.Arbitrary<AttributeValue>,
  index: Index,
): fc.Arbitrary<DynamoDbRequest> {
  const keyed = keyValue.map((one) => ({ TableName: table, Key: { [key]: one } }));
  const paged = fc.record({
    Limit: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
    fromLastKey: fc.boolean(),
    expressions,
  });
  return fc.oneof(
    keyed.map((input) => ({ operation: 'GetItem' as const, input })),
    fc.tuple(item(key, keyValue, index), expressions).map(([Item, { condition: when, ...values }]) => ({
      operation: 'PutItem' as const,
      input: { TableName: table, Item, ...conditional(when), ...placeholders([when], values) },
    })),
    fc.tuple(keyed, expressions).map(([input, { condition: when, ...values }]) => ({
      operation: 'DeleteItem' as const,
      input: { ...input, ...conditional(when), ...placeholders([when], values), ReturnValues: 'ALL_OLD' },
    })),
    fc
      .tuple(keyed, update, expressions)
      .filter(([, [changes, x]]) => x.S !== '' || !changes.includes('is_default'))
      .map(([input, [UpdateExpression, x], { condition: when, y, ...values }]) => {
        // The condition reads the operand of the update where the update has one.
        const operands = { x: UpdateExpression.includes(':x') ? x : values.x, y };
        const isSound = isSoundWith(when, operands);
        return {
          operation: 'UpdateItem' as const,
          input: {
            ...input,
            UpdateExpression,
            ...conditional(isSound ? when : undefined),
            ...placeholders([isSound ? when : undefined, UpdateExpression], operands),
            ReturnValues: 'ALL_NEW',
          },
        };
      }),
    paged.map(({ Limit, fromLastKey, expressions: { condition: filter, ...values } }) => ({
      operation: 'Scan' as const,
      fromLastKey,
      input: { TableName: table, ...limited(Limit), ...filtered(filter), ...placeholders([filter], values) },
    })),
    fc
      .tuple(
        paged,
        fc.constantFrom('', ` AND ${index.range} > :k`, ` AND ${index.range} BETWEEN :k AND :k`),
        fc.boolean(),
        keyText,
        fc.oneof(number, keyText),
      )
      .map(([{ Limit, fromLastKey }, range, ScanIndexForward, h, k]) => ({
        operation: 'Query' as const,
        fromLastKey,
        input: {
          TableName: table,
          IndexName: index.name,
          ScanIndexForward,
          ...limited(Limit),
          KeyConditionExpression: `${index.hash === '_all' ? '#h' : index.hash} = :h${range}`,
          ...(index.hash === '_all' && { ExpressionAttributeNames: { '#h': '_all' } }),
          ExpressionAttributeValues: { ':h': h, ...(range !== '' && { ':k': k }) },
        },
      })),
  );
}

/** Sequences of requests on two tables, one with a text range and one with a number range in its index. */
export const requestSequences = fc.array(
  fc.oneof(
    forTable(images, 'image_id', imageId, {
      name: 'is_default-index',
      hash: 'is_default_placeholder',
      range: 'image_id',
    }),
    forTable(executions, 'execution_id', executionId, {
      name: 'all-started_at',
      hash: '_all',
      range: 'started_at',
    }),
  ),
  { minLength: 5, maxLength: 15, size: 'max' },
);

function conditional(when: string | undefined): object {
  return when === undefined ? {} : { ConditionExpression: when };
}

function filtered(filter: string | undefined): object {
  return filter === undefined ? {} : { FilterExpression: filter };
}

function limited(Limit: number | undefined): object {
  return Limit === undefined ? {} : { Limit };
}
