import type {
  DeleteItemCommandInput,
  PutItemCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { serviceError } from '../service-error.js';
import type { Item } from './attribute-value.js';
import { parseCondition } from './condition-expression.js';
import type { Condition } from './condition-expression.js';
import { ExpressionScope } from './expression-scope.js';
import { checkItem, checkKey, keyText, refuseIndexKey, store } from './table.js';
import type { TableState } from './table.js';
import { parseUpdate } from './update-expression.js';
import { validationError } from './validation-error.js';

/** The largest item, roughly as DynamoDB counts it. */
const bytesOfItem = 400 * 1024;

/** A write that has been checked and not yet made: transactions make all or none. */
export interface PreparedWrite {
  readonly key: string;
  readonly before: Item | undefined;
  readonly meetsCondition: boolean;
  /** @returns the item as it stands afterwards. */
  readonly apply: () => Item | undefined;
}

/** The parts of an input that say under which condition to write. */
interface Conditional {
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: PutItemCommandInput['ExpressionAttributeValues'];
}

export function preparePut(
  table: TableState,
  input: Conditional & Pick<PutItemCommandInput, 'Item'>,
): PreparedWrite {
  const item = input.Item ?? {};
  const scope = scopeOf(input);
  const condition = conditionOf(input, scope);
  scope.checkAllUsed();
  checkItem(table.definition, item);
  refuseTooLarge(item);
  return prepared(table, item, condition, () => {
    store(table, item);
    return item;
  });
}

export function prepareDelete(
  table: TableState,
  input: Conditional & Pick<DeleteItemCommandInput, 'Key'>,
): PreparedWrite {
  const key = input.Key ?? {};
  const scope = scopeOf(input);
  const condition = conditionOf(input, scope);
  scope.checkAllUsed();
  checkKey(table.definition, key);
  return prepared(table, key, condition, () => {
    table.items.delete(keyText(table, key));
    return undefined;
  });
}

/** Without a condition, an update of what does not exist creates it. */
export function prepareUpdate(
  table: TableState,
  input: Conditional & Pick<UpdateItemCommandInput, 'Key' | 'UpdateExpression'>,
): PreparedWrite {
  const key = input.Key ?? {};
  const scope = scopeOf(input);
  const update =
    input.UpdateExpression === undefined ? undefined : parseUpdate(input.UpdateExpression, scope);
  const condition = conditionOf(input, scope);
  scope.checkAllUsed();
  checkKey(table.definition, key);
  const keyAttribute = update?.paths.map(([name]) => String(name)).find((name) => name in key);
  if (keyAttribute !== undefined) {
    throw validationError(
      `One or more parameter values were invalid: Cannot update attribute ${keyAttribute}. This attribute is part of the key`,
    );
  }
  for (const [name, value] of update?.given ?? []) refuseIndexKey(table.definition, name, value);
  return prepared(table, key, condition, (before) => {
    const after = update?.apply(before ?? key) ?? before ?? key;
    refuseTooLarge(after);
    store(table, after);
    return after;
  });
}

/** A condition that writes nothing, for transactions. */
export function prepareCheck(
  table: TableState,
  input: Conditional & Pick<DeleteItemCommandInput, 'Key'>,
): PreparedWrite {
  return { ...prepareDelete(table, input), apply: () => undefined };
}

/** @throws `ConditionalCheckFailedException`, with the item where it was asked for. */
export function refuseUnmet({ meetsCondition, before }: PreparedWrite, isItemWanted: boolean): void {
  if (meetsCondition) return;
  throw serviceError('dynamodb', 'ConditionalCheckFailedException', 'The conditional request failed', {
    members: isItemWanted && before ? { Item: structuredClone(before) } : {},
  });
}

function prepared(
  table: TableState,
  keyed: Item,
  condition: Condition,
  apply: (before: Item | undefined) => Item | undefined,
): PreparedWrite {
  const key = keyText(table, keyed);
  const before = table.items.get(key);
  return { key, before, meetsCondition: condition(before ?? {}), apply: () => apply(before) };
}

function scopeOf({ ExpressionAttributeNames, ExpressionAttributeValues }: Conditional): ExpressionScope {
  return new ExpressionScope(ExpressionAttributeNames, ExpressionAttributeValues);
}

function conditionOf({ ConditionExpression }: Conditional, scope: ExpressionScope): Condition {
  return ConditionExpression === undefined
    ? () => true
    : parseCondition(ConditionExpression, 'ConditionExpression', scope);
}

function refuseTooLarge(item: Item): void {
  if (JSON.stringify(item).length > bytesOfItem) {
    throw validationError('Item size has exceeded the maximum allowed size');
  }
}
