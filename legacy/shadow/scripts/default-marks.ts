import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { hasFailed, type Exchange, type RecordedCall } from '../recorded-call.js';
import { answering, askedAs, exchangesOf, type Script } from '../script.js';
import { type Row, rowsOf, textOf } from './image-rows.js';

interface UpdateInput {
  readonly TableName: string;
  readonly Key: Record<string, AttributeValue>;
  readonly UpdateExpression: string;
  readonly ExpressionAttributeValues: Record<string, AttributeValue>;
}

const mark = { ':placeholder': { S: 'DEFAULT' } };
const unmarking = 'SET updated_at = :now REMOVE is_default_placeholder';
const marking = 'SET is_default_placeholder = :placeholder, updated_at = :now';

/** How the monolith switches the default: the look at every mark, and its writes in order. */
export function marksOf(call: RecordedCall): { query: Exchange | undefined; updates: readonly Exchange[] } {
  return {
    query: exchangesOf(call, 'dynamodb.Query').at(-1),
    updates: exchangesOf(call, 'dynamodb.UpdateItem'),
  };
}

/**
 * The facade's transaction with the same writes as the monolith's: those of the updates, then the new row's. Absent
 * where the updates mark another row than the one that was meant.
 */
export function transactionOf(
  updates: readonly Exchange[],
  put: Exchange | undefined,
  target?: string,
): Exchange | undefined {
  const inputs = updates.map(({ input }) => input as UpdateInput);
  const marked = inputs.find((input) => input.UpdateExpression === marking);
  if (put === undefined && idIn(marked) !== target) return undefined;
  // The facade leaves a mark that is to stay where it is.
  const unmarked = inputs.filter((input) => input !== marked && idIn(input) !== target);
  const items: TransactWriteItem[] = [
    ...unmarked.map((input) => ({ Update: conditioned(input, 'is_default_placeholder = :placeholder') })),
    ...(marked === undefined ? [] : [{ Update: conditioned(marked, 'attribute_exists(image_id)') }]),
    ...(put === undefined ? [] : [{ Put: newRow(put.input as object) as TransactWriteItem['Put'] }]),
  ];
  return answering('dynamodb.TransactWriteItems', { TransactItems: items }, {});
}

/**
 * The monolith's writes with the same effect as the facade's: a transaction taken apart, or a single row. Absent where
 * the facade had to try more than once, or could not finish.
 */
export function writesOf(call: RecordedCall): Script | undefined {
  const puts = exchangesOf(call, 'dynamodb.PutItem');
  const [transaction, another] = exchangesOf(call, 'dynamodb.TransactWriteItems');
  if (transaction === undefined) {
    if (puts.some(isTaken)) return undefined;
    return puts.map((put) => askedAs(put, unconditioned(put.input as object)));
  }
  if (another !== undefined || hasFailed(transaction)) return undefined;
  const { TransactItems = [] } = transaction.input as { readonly TransactItems?: TransactWriteItem[] };
  const target = idIn(TransactItems.at(-1)?.Update);
  const isMarkedAlready = rowsOf(marksOf(call).query).some((row) => textOf(row, 'image_id') === target);
  const writes = TransactItems.flatMap(({ Update, Put }) => [
    ...(Update === undefined ? [] : [answering('dynamodb.UpdateItem', unmarkedOrMarked(Update), {})]),
    ...(Put === undefined ? [] : [answering('dynamodb.PutItem', unconditioned(Put), {})]),
  ]);
  if (!isMarkedAlready || target === undefined) return writes;
  // The monolith takes the target's own mark away too, in the order of the index.
  const own = { ...(TransactItems.at(-1)?.Update as object), UpdateExpression: unmarking };
  const order = rowsOf(marksOf(call).query).map((row) => textOf(row, 'image_id'));
  return writes.toSpliced(
    order.indexOf(target),
    0,
    answering('dynamodb.UpdateItem', unmarkedOrMarked(own), {}),
  );
}

/** Whether the monolith marks the row that was meant: it marks the one of default size. */
export function isDefaultSize(row: Row): boolean {
  return (
    textOf(row, 'cpu') === '256' &&
    textOf(row, 'memory') === '512' &&
    textOf(row, 'runtime_platform') === 'Linux/ARM64'
  );
}

function idIn(input: { readonly Key?: Record<string, AttributeValue> | undefined } | undefined) {
  return input?.Key?.['image_id']?.S;
}

function conditioned(
  input: UpdateInput,
  ConditionExpression: string,
): UpdateInput & { ConditionExpression: string } {
  const values = { ...mark, ...input.ExpressionAttributeValues };
  return { ...input, ConditionExpression, ExpressionAttributeValues: values };
}

function newRow(input: object): object {
  return { ...input, ConditionExpression: 'attribute_not_exists(image_id)' };
}

function unconditioned(input: object): object {
  const { ConditionExpression: _, ...others } = input as { readonly ConditionExpression?: string };
  return others;
}

function unmarkedOrMarked(input: object): object {
  const update = unconditioned(input) as UpdateInput;
  if (update.UpdateExpression !== unmarking) return update;
  const { ':placeholder': _, ...values } = update.ExpressionAttributeValues;
  return { ...update, ExpressionAttributeValues: values };
}

/** Whether a row was refused because there is one already. */
export function isTaken(put: Exchange): boolean {
  return put.error instanceof Error && put.error.name === 'ConditionalCheckFailedException';
}
