import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem, TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { serviceError } from '../service-error.js';
import type { TableState } from './table.js';
import { validationError } from './validation-error.js';
import { prepareCheck, prepareDelete, preparePut, prepareUpdate } from './write-items.js';
import type { PreparedWrite } from './write-items.js';

const mostItems = 100;

/** All writes or none. The same token again does nothing, and answers as the first time. */
export function transactWriteItems(
  tableNamed: (name: string | undefined) => TableState,
  tokens: Map<string, unknown>,
  input: TransactWriteItemsCommandInput,
): object {
  const { TransactItems: items = [], ClientRequestToken: token } = input;
  if (token !== undefined && tokens.has(token)) {
    if (isDeepStrictEqual(tokens.get(token), items)) return {};
    throw serviceError(
      'dynamodb',
      'IdempotentParameterMismatchException',
      'The request uses the same client token as a previous, but non-identical request.',
    );
  }
  if (items.length === 0 || items.length > mostItems) {
    throw validationError(
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length between 1 and ${mostItems}`,
    );
  }
  const writes = items.map((item) => prepare(tableNamed, item));
  const targets = writes.map(({ table, write }) => `${table} ${write.key}`);
  if (new Set(targets).size < targets.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  if (writes.some(({ write }) => !write.meetsCondition)) throw cancelled(items, writes);

  for (const { write } of writes) write.apply();
  if (token !== undefined) tokens.set(token, structuredClone(items));
  return {};
}

interface TargetedWrite {
  readonly table: string;
  readonly write: PreparedWrite;
}

function prepare(
  tableNamed: (name: string | undefined) => TableState,
  item: TransactWriteItem,
): TargetedWrite {
  const { Put, Update, Delete, ConditionCheck } = item;
  const table = tableNamed((Put ?? Update ?? Delete ?? ConditionCheck)?.TableName);
  const name = table.definition.name;
  if (Put) return { table: name, write: preparePut(table, Put) };
  if (Update) return { table: name, write: prepareUpdate(table, Update) };
  if (Delete) return { table: name, write: prepareDelete(table, Delete) };
  if (ConditionCheck) return { table: name, write: prepareCheck(table, ConditionCheck) };
  throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
}

function cancelled(items: readonly TransactWriteItem[], writes: readonly TargetedWrite[]): Error {
  const reasons = writes.map(({ write }, index) => {
    if (write.meetsCondition) return { Code: 'None' };
    const { Put, Update, Delete, ConditionCheck } = items[index] ?? {};
    const wanted =
      (Put ?? Update ?? Delete ?? ConditionCheck)?.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    return {
      Code: 'ConditionalCheckFailed',
      Message: 'The conditional request failed',
      ...(wanted && write.before ? { Item: structuredClone(write.before) } : {}),
    };
  });
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return serviceError(
    'dynamodb',
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { members: { CancellationReasons: reasons } },
  );
}
