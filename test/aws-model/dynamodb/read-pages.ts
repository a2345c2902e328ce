import type { QueryCommandInput, ScanCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from './attribute-value.js';
import { parseCondition } from './condition-expression.js';
import type { Condition } from './condition-expression.js';
import { ExpressionScope } from './expression-scope.js';
import { parseKeyCondition } from './key-condition.js';
import { parseProjection } from './projection.js';
import { keyOf, orderOf } from './table.js';
import type { KeySchema, TableState } from './table.js';
import { validationError } from './validation-error.js';

/** What a page of a query or scan holds. */
export interface Page {
  readonly Items?: readonly Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: Item;
}

type PageInput = QueryCommandInput | ScanCommandInput;

/** Bytes of a page, before the filter, unless a world has smaller ones. */
const usualBytes = 1024 * 1024;

export function query(table: TableState, input: QueryCommandInput, bytesOfPage = usualBytes): Page {
  const index = indexOf(table, input);
  const { key, types } = table.definition;
  const scope = new ExpressionScope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  if (input.KeyConditionExpression === undefined) {
    throw validationError(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  const isInRange = parseKeyCondition(input.KeyConditionExpression, index ?? key, types, scope);
  const isReverse = input.ScanIndexForward === false;
  return readPage({ table, index, bytesOfPage }, input, scope, isInRange, isReverse);
}

export function scan(table: TableState, input: ScanCommandInput, bytesOfPage = usualBytes): Page {
  if (input.Segment !== undefined) throw new Error('The model does not know parallel scans.');
  const scope = new ExpressionScope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  return readPage({ table, index: indexOf(table, input), bytesOfPage }, input, scope, () => true, false);
}

interface PagedSource {
  readonly table: TableState;
  readonly index: KeySchema | undefined;
  readonly bytesOfPage: number;
}

function readPage(
  { table, index, bytesOfPage }: PagedSource,
  input: PageInput,
  scope: ExpressionScope,
  isInRange: Condition,
  isReverse: boolean,
): Page {
  const passes = input.FilterExpression
    ? parseCondition(input.FilterExpression, 'FilterExpression', scope)
    : () => true;
  const project = parseProjection(input.ProjectionExpression, scope);
  scope.checkAllUsed();

  const read = upToLimit(
    following(table, index, input, isReverse).filter(isInRange),
    input.Limit,
    bytesOfPage,
  );
  const items = read.items.filter(passes).map(project);
  const last = read.items.at(-1);
  return {
    ...(input.Select === 'COUNT' ? {} : { Items: items }),
    Count: items.length,
    ScannedCount: read.items.length,
    ...(read.isFull && last ? { LastEvaluatedKey: keyOf(table.definition, last, index) } : {}),
  };
}

/** The limit counts items before the filter, and a page that meets it exactly still names its last key. */
function upToLimit(
  candidates: readonly Item[],
  limit: number | undefined,
  bytesOfPage: number,
): { items: readonly Item[]; isFull: boolean } {
  if (limit !== undefined && limit < 1) {
    throw validationError(
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
    );
  }
  const most = limit ?? Number.POSITIVE_INFINITY;
  const items: Item[] = [];
  let bytes = 0;
  for (const item of candidates) {
    if (items.length >= most || bytes >= bytesOfPage) break;
    items.push(item);
    bytes += sizeOf(item);
  }
  return { items, isFull: items.length >= most || bytes >= bytesOfPage };
}

const sizes = new WeakMap<Item, number>();

/** Items are replaced and never changed. */
function sizeOf(item: Item): number {
  const size = sizes.get(item) ?? JSON.stringify(item).length;
  sizes.set(item, size);
  return size;
}

/** Items of the table or of the (sparse) index in order, those behind the start key. */
function following(
  table: TableState,
  index: KeySchema | undefined,
  { ExclusiveStartKey }: PageInput,
  isReverse: boolean,
): readonly Item[] {
  const order = orderOf(table.definition, index);
  const direction = isReverse ? -1 : 1;
  const items = [...table.items.values()]
    .filter((item) => !index || (item[index.hash] && (index.range === undefined || item[index.range])))
    .sort((one, other) => direction * order(one, other));
  if (!ExclusiveStartKey) return items;

  const expected = [table.definition.key.hash, table.definition.key.range, index?.hash, index?.range];
  const names = new Set(expected.filter((name) => name !== undefined));
  const isComplete =
    Object.keys(ExclusiveStartKey).length === names.size &&
    [...names].every((name) => ExclusiveStartKey[name]);
  if (!isComplete) throw validationError('The provided starting key is invalid');
  return items.filter((item) => direction * order(item, ExclusiveStartKey) > 0);
}

function indexOf(table: TableState, { IndexName, ConsistentRead }: PageInput): KeySchema | undefined {
  if (IndexName === undefined) return undefined;
  const index = table.definition.indexes?.[IndexName];
  if (!index) throw validationError(`The table does not have the specified index: ${IndexName}`);
  if (ConsistentRead) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  return index;
}
