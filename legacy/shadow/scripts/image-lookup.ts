import { looksLikeImageId } from '../../../src/providers/shared/looks-like-image-id.js';
import { parseImageReference } from '../../../src/providers/shared/parse-image-reference.js';
import { findAppError } from '../../../src/contracts/index.js';
import { hasFailed, type Exchange, type RecordedCall } from '../recorded-call.js';
import { answering, askedAs, isCutOff, notComparable, type NotComparable, type Script } from '../script.js';
import { facadeChoice, isNamed, isSpelt, monolithChoice, type Row, rowsOf, textOf } from './image-rows.js';

const row = 'image-lookup';

/** What looking an image up takes, and the row that both find; absent where both find none, or fail. */
export interface Lookup {
  readonly script: Script;
  readonly found?: Row | undefined;
}

/** How the facade looks an image up, told from how the monolith did; `image` is not empty. */
export function facadeLookup(call: RecordedCall, image: string): Lookup | NotComparable {
  const reads = readsOf(call);
  const [first, second] = reads;
  if (first === undefined) return { script: [] };
  if (looksLikeImageId(image)) return byId(first);
  if (parseImageReference(image).tag === '') return notComparable('one-parser');
  if (hasFailed(first)) return { script: [askedAs(first, scanFor(first, image))] };
  const scans = second === undefined ? [first] : [first, second];
  if (scans.some(isCutOff)) return notComparable('pages-to-the-end');
  // One scan stands for two, and each reads every row that it gets: a failure of either has no counterpart.
  if (scans.some(hasFailed) || hasUnreadableRow(call)) return notComparable(row);
  const rows = rowsOf(scans.at(-1)).filter((one) => isSpelt(one, image) || isNamed(one, image));
  return alike(rows, image, [answering('dynamodb.Scan', scanFor(first, image), { Items: rows })]);
}

/** How the monolith looks an image up, told from how the facade did; `image` is not empty. */
export function monolithLookup(call: RecordedCall, image: string): Lookup | NotComparable {
  const reads = readsOf(call);
  const [first] = reads;
  if (first === undefined) return { script: [] };
  if (looksLikeImageId(image)) return byId(first);
  if (parseImageReference(image).tag === '') return notComparable('one-parser');
  const { TableName } = first.input as { readonly TableName?: string };
  const exact = {
    TableName,
    FilterExpression: 'image = :image',
    ExpressionAttributeValues: { ':image': { S: image } },
    Limit: 100,
  };
  if (hasFailed(first)) return { script: [askedAs(first, exact)] };
  if (isCutOff(first)) return notComparable('pages-to-the-end');
  if (hasUnreadableRow(call)) return notComparable(row);
  const rows = rowsOf(first);
  const spelt = rows.filter((one) => isSpelt(one, image));
  return alike(rows, image, [
    answering('dynamodb.Scan', exact, { Items: spelt }),
    ...(spelt.length > 0 ? [] : [answering('dynamodb.Scan', { TableName, Limit: 100 }, { Items: rows })]),
  ]);
}

/** Reads of the images table; both begin with them. */
function readsOf({ exchanges }: RecordedCall): readonly Exchange[] {
  return exchanges.filter(({ operation }) => operation.startsWith('dynamodb.'));
}

function byId(first: Exchange): Lookup | NotComparable {
  if (hasFailed(first)) return { script: [first] };
  const [found] = rowsOf(first);
  // The facade goes on by reference, the monolith does not.
  return found === undefined ? notComparable(row) : { script: [first], found };
}

function alike(rows: readonly Row[], image: string, script: Script): Lookup | NotComparable {
  const [one, other] = [monolithChoice(rows, image), facadeChoice(rows, image)];
  if (textOf(one, 'image_id') !== textOf(other, 'image_id')) return notComparable(row);
  return { script, found: one };
}

/** Whether the control failed on what it read, and not on reading. */
export function hasUnreadableRow({ outcome, exchanges }: RecordedCall): boolean {
  if (outcome.kind === 'returned' || exchanges.some(hasFailed)) return false;
  const error = findAppError(outcome.error);
  const texts = [error, findAppError(error?.cause)].map((one) => one?.message ?? '');
  return texts.some((text) => text.startsWith('failed to unmarshal') || text.startsWith('failed to parse'));
}

function scanFor(exchange: Exchange, image: string): object {
  const { TableName } = exchange.input as { readonly TableName?: string };
  const { name, tag } = parseImageReference(image);
  return {
    TableName,
    FilterExpression: 'image = :image OR (image_name = :name AND image_tag = :tag)',
    ExpressionAttributeValues: { ':image': { S: image }, ':name': { S: name }, ':tag': { S: tag } },
  };
}
