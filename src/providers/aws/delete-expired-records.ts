import type { RequestContext } from '../../contracts/index.js';
import { readText } from './read-attribute.js';
import { seconds } from './record-attributes.js';
import type { RecordTable } from './record-table.js';

/** Deletes items whose `expires_at` lies before `now`. DynamoDB does so too, but takes up to two days. */
export async function deleteExpiredRecords(
  ctx: RequestContext,
  table: RecordTable,
  keyName: string,
  now: Date,
  message: string,
): Promise<void> {
  const values = { ExpressionAttributeValues: { ':now': seconds(now) } };
  const filter = { FilterExpression: 'expires_at < :now', ...values };
  const condition = { ConditionExpression: 'expires_at < :now', ...values };
  for await (const page of table.scanPages(ctx, filter, message))
    for (const item of page) await table.delete(ctx, readText(item[keyName]), condition, message);
}
