import { describe, expect, it } from 'vitest';

import { alpineId, alpineRow, queryDefaults, rowOf, scan, switchDefault, withInput } from './image-rows.js';
import { ctx, scriptedFacets, user } from './scripted-facets.js';

const other = rowOf('busybox:1-00000001', 'busybox:1', { name: 'busybox', tag: '1' });
const LastEvaluatedKey = { image_id: { S: 'x' } };

describe('pages of the images table', () => {
  it('are followed to the end when all images are listed', async () => {
    const { imageRegistry, calls } = scriptedFacets([
      ['dynamodb.Scan', { Items: [other], LastEvaluatedKey }],
      ['dynamodb.Scan', { LastEvaluatedKey: { image_id: { S: 'y' } } }],
      ['dynamodb.Scan', { Items: [alpineRow] }],
    ]);

    const images = await imageRegistry.listImages(ctx);

    expect(images.map(({ imageId }) => imageId)).toEqual([alpineId, 'busybox:1-00000001']);
    const from = (key: string) => scan({ ExclusiveStartKey: { image_id: { S: key } } });
    expect(calls).toStrictEqual([scan(), from('x'), from('y')]);
  });

  it('are followed when images are found by request', async () => {
    const { imageRegistry, calls } = scriptedFacets([
      ['dynamodb.Scan', { Items: [other], LastEvaluatedKey }],
      ['dynamodb.Scan', { Items: [alpineRow] }],
    ]);

    expect(await imageRegistry.getImagesByRequestId(ctx, 'req-1')).toHaveLength(2);
    expect(calls).toHaveLength(2);
  });

  it('are followed when marks are taken away', async () => {
    const { imageRegistry, calls } = scriptedFacets([
      ['dynamodb.GetItem', { Item: alpineRow }],
      ['dynamodb.Query', { Items: [other], LastEvaluatedKey }],
      ['dynamodb.Query', { Items: [rowOf('b:1-00000002', 'b:1', { name: 'b', tag: '1' })] }],
      ['dynamodb.TransactWriteItems'],
    ]);

    await imageRegistry.registerImage(ctx, { image: 'alpine', isDefault: true, registeredBy: user });

    expect(calls.slice(1, 3)).toStrictEqual([
      queryDefaults,
      withInput(queryDefaults, { ExclusiveStartKey: LastEvaluatedKey }),
    ]);
    expect(calls[3]).toStrictEqual(switchDefault(['busybox:1-00000001', 'b:1-00000002'], alpineId));
  });
});
