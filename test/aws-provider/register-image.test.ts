import { describe, expect, it } from 'vitest';

import { get, rowOf } from './image-rows.js';
import { readImageSettings } from '../../src/providers/shared/image-settings.js';
import { makeImageIdWithRegistry } from '../../src/providers/shared/make-image-id.js';
import { parseImageReference } from '../../src/providers/shared/parse-image-reference.js';
import { ctx, scriptedFacets, type Step, user } from './scripted-facets.js';

const registered: Step = [
  'ecs.RegisterTaskDefinition',
  { taskDefinition: { taskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/f:1' } },
];

describe('registerImage on DynamoDB and ECS', () => {
  it('knows an image with an empty tag again', async () => {
    const id = 'alpine:-523f553b';
    const Item = rowOf(id, 'alpine:', { name: 'alpine', tag: '' });
    const { imageRegistry, calls } = scriptedFacets([['dynamodb.GetItem', { Item }]]);

    await imageRegistry.registerImage(ctx, { image: 'alpine:', registeredBy: user });

    expect(calls).toStrictEqual([get(id)]);
  });

  it('gives the image of another registry an ID with the registry in it', async () => {
    const Item = rowOf('o/a:1-da1ac6cd', 'ghcr.io/o/a:1', { registry: 'ghcr.io', name: 'o/a', tag: '1' });
    const { imageRegistry, calls } = scriptedFacets([
      ['dynamodb.GetItem', { Item }],
      ['dynamodb.GetItem'],
      ['dynamodb.Query', { Items: [Item] }],
      registered,
      ['ecs.TagResource'],
      ['dynamodb.GetItem'],
      ['dynamodb.PutItem'],
    ]);

    await imageRegistry.registerImage(ctx, { image: 'o/a:1', registeredBy: user });

    const imageId = makeImageIdWithRegistry({
      reference: parseImageReference('o/a:1'),
      settings: readImageSettings({ image: 'o/a:1', registeredBy: user }),
    });
    expect(calls[1]).toStrictEqual(get(imageId));
    expect(calls.at(-1)).toMatchObject(['dynamodb.PutItem', { Item: { image_id: { S: imageId } } }]);
  });

  it('knows an image again by the ID with the registry', async () => {
    const Item = rowOf('o/a:1-c15e9d00', 'ghcr.io/o/a:1', { registry: 'ghcr.io', name: 'o/a', tag: '1' });
    const { imageRegistry, calls } = scriptedFacets([['dynamodb.GetItem'], ['dynamodb.GetItem', { Item }]]);

    await imageRegistry.registerImage(ctx, { image: 'ghcr.io/o/a:1', registeredBy: user });

    expect(calls[1]).toStrictEqual(get('o/a:1-c15e9d00'));
  });
});
