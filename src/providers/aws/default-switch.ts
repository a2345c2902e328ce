import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';

import { defaultMark, type ImageRow, toItem } from './image-row.js';

/** Which row becomes the default: one that is there, or one that is stored with the same write. */
export type DefaultTarget =
  { readonly kind: 'existing'; readonly imageId: string } | { readonly kind: 'new'; readonly row: ImageRow };

/** What a switch of the default writes, whole or not at all: every old mark goes, the target's mark comes last. */
export function defaultSwitch(
  tableName: string,
  oldIds: readonly string[],
  target: DefaultTarget,
  nowSeconds: bigint,
): TransactWriteItem[] {
  const targetId = target.kind === 'new' ? target.row.imageId : target.imageId;
  const values = { ':placeholder': { S: defaultMark }, ':now': { N: String(nowSeconds) } };
  const unmark = (imageId: string): TransactWriteItem => ({
    Update: {
      TableName: tableName,
      Key: { image_id: { S: imageId } },
      UpdateExpression: 'SET updated_at = :now REMOVE is_default_placeholder',
      // Somebody else may have moved the mark, or deleted the row, since the index was read.
      ConditionExpression: 'is_default_placeholder = :placeholder',
      ExpressionAttributeValues: values,
    },
  });
  const mark: TransactWriteItem =
    target.kind === 'new'
      ? {
          Put: {
            TableName: tableName,
            Item: toItem(target.row),
            ConditionExpression: 'attribute_not_exists(image_id)',
          },
        }
      : {
          Update: {
            TableName: tableName,
            Key: { image_id: { S: targetId } },
            UpdateExpression: 'SET is_default_placeholder = :placeholder, updated_at = :now',
            ConditionExpression: 'attribute_exists(image_id)',
            ExpressionAttributeValues: values,
          },
        };
  return [...oldIds.filter((imageId) => imageId !== targetId).map(unmark), mark];
}
