import { describe, expect, it } from 'vitest';

import { get, rowOf } from './image-rows.js';
import { ctx, scriptedFacets, user } from './scripted-facets.js';

describe('registerImage on DynamoDB and ECS', () => {
  it('knows an image with an empty tag again', async () => {
    const id = 'alpine:-523f553b';
    const Item = rowOf(id, 'alpine:', { name: 'alpine', tag: '' });
    const { imageRegistry, calls } = scriptedFacets([['dynamodb.GetItem', { Item }]]);

    await imageRegistry.registerImage(ctx, { image: 'alpine:', registeredBy: user });

    expect(calls).toStrictEqual([get(id)]);
  });
});
