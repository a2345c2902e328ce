import { describe, expect, it } from 'vitest';

import { defaultSwitch } from './default-switch.js';
import type { ImageRow } from './image-row.js';

const row: ImageRow = {
  ...{ imageId: 'a:1-00000001', image: 'a:1', cpu: '256', memory: '512', runtimePlatform: 'Linux/ARM64' },
  ...{ family: 'runvoy-a-1-00000001', isDefault: true, registry: '', name: 'a', tag: '1' },
  ...{ createdBy: 'me@example.com', ownedBy: ['me@example.com'], createdAt: 1n, updatedAt: 1n },
  ...{ createdByRequestId: 'req-1', modifiedByRequestId: 'req-1' },
};
const idsIn = (items: ReturnType<typeof defaultSwitch>): readonly (string | undefined)[] =>
  items.map(({ Update, Put }) => Update?.Key?.['image_id']?.S ?? Put?.Item?.['image_id']?.S);

describe('a switch of the default', () => {
  // DynamoDB refuses a transaction that writes an item twice.
  it.each([
    ['that is there', { kind: 'existing', imageId: row.imageId }],
    ['that is new', { kind: 'new', row }],
  ] as const)('writes a row %s once, though it has the mark already', (_which, target) => {
    const items = defaultSwitch('images', ['b:1-00000002', row.imageId], target, 7n);

    expect(idsIn(items)).toEqual(['b:1-00000002', row.imageId]);
  });

  it('takes away a mark only where it still is', () => {
    const [unmark] = defaultSwitch(
      'images',
      ['b:1-00000002'],
      { kind: 'existing', imageId: row.imageId },
      7n,
    );

    expect(unmark?.Update).toMatchObject({
      TableName: 'images',
      ConditionExpression: 'is_default_placeholder = :placeholder',
      ExpressionAttributeValues: { ':placeholder': { S: 'DEFAULT' }, ':now': { N: '7' } },
    });
  });
});
