import { describe, expect, it } from 'vitest';

import { alpineId, alpineRow, get, queryDefault, rowOf, scan } from './image-rows.js';
import { type Call, ctx, scriptedFacets, sdkError, type Step } from './scripted-facets.js';

describe('resolveImage on DynamoDB', () => {
  it('reports an outage as one, whatever was asked for', async () => {
    for (const [imageRef, operation] of [
      ['', 'dynamodb.Query'],
      [alpineId, 'dynamodb.GetItem'],
      ['alpine', 'dynamodb.Scan'],
    ] as const) {
      const outage = sdkError('InternalServerError');
      const { imageRegistry } = scriptedFacets([[operation, outage]]);

      const error: unknown = await imageRegistry
        .resolveImage(ctx, imageRef)
        .catch((thrown: unknown) => thrown);

      expect(error).toMatchObject({ name: 'AppError', cause: outage });
      expect((error as { status: number }).status).toBeGreaterThanOrEqual(500);
    }
  });

  it('says what it has not found', async () => {
    const { imageRegistry } = scriptedFacets([['dynamodb.Scan', { Items: [] }]]);

    await expect(imageRegistry.resolveImage(ctx, 'nope:1')).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: 'image not registered',
      cause: new Error('no task definition found for image: nope:1'),
    });
  });

  it('resolves an ID to itself', async () => {
    const { imageRegistry } = scriptedFacets([['dynamodb.GetItem', { Item: alpineRow }]]);

    expect(await imageRegistry.resolveImage(ctx, alpineId)).toBe(alpineId);
  });
});

const byReference = (image: string, name: string, tag: string): Call =>
  scan({
    FilterExpression: 'image = :image OR (image_name = :name AND image_tag = :tag)',
    ExpressionAttributeValues: { ':image': { S: image }, ':name': { S: name }, ':tag': { S: tag } },
  });

describe('getImage on DynamoDB', () => {
  const found: [imageRef: string, script: Step[], calls: Call[]][] = [
    ['', [['dynamodb.Query', { Items: [alpineRow] }]], [queryDefault]],
    [alpineId, [['dynamodb.GetItem', { Item: alpineRow }]], [get(alpineId)]],
    ['alpine', [['dynamodb.Scan', { Items: [alpineRow] }]], [byReference('alpine', 'alpine', 'latest')]],
    [
      'docker.io/alpine:latest',
      [['dynamodb.Scan', { Items: [alpineRow] }]],
      [byReference('docker.io/alpine:latest', 'alpine', 'latest')],
    ],
  ];

  it.each(found)('finds "%s"', async (imageRef, script, expected) => {
    const { imageRegistry, calls } = scriptedFacets(script);

    expect(await imageRegistry.getImage(ctx, imageRef)).toStrictEqual({
      imageId: alpineId,
      image: 'alpine:latest',
      taskDefinitionName: 'runvoy-alpine-latest-c5c74c0e',
      isDefault: true,
      cpu: 256,
      memory: 512,
      runtimePlatform: 'Linux/ARM64',
      imageName: 'alpine',
      imageTag: 'latest',
      createdBy: 'dev@example.com',
      ownedBy: ['dev@example.com'],
      createdAt: new Date('2025-11-21T01:00:00Z'),
      createdByRequestId: 'req-1',
      modifiedByRequestId: 'req-1',
    });
    expect(calls).toStrictEqual(expected);
  });

  it('takes text of the shape of an ID for a reference when it is no ID', async () => {
    const image = 'myapp:build-1a2b3c4d';
    const row = rowOf(`${image}-6fca1019`, image, { name: 'myapp', tag: 'build-1a2b3c4d' });
    const { imageRegistry, calls } = scriptedFacets([
      ['dynamodb.GetItem'],
      ['dynamodb.Scan', { Items: [row] }],
    ]);

    expect((await imageRegistry.getImage(ctx, image)).imageId).toBe(`${image}-6fca1019`);
    expect(calls).toStrictEqual([get(image), byReference(image, 'myapp', 'build-1a2b3c4d')]);
  });

  it('does not take the image of one registry for that of another', async () => {
    const { imageRegistry } = scriptedFacets([['dynamodb.Scan', { Items: [alpineRow] }]]);

    await expect(imageRegistry.getImage(ctx, 'ghcr.io/alpine:latest')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'image not found: ghcr.io/alpine:latest',
    });
  });

  it('prefers the very text, then the default, then the smallest ID', async () => {
    const parts = { name: 'a', tag: '1' };
    const rows = [
      rowOf('a:1-00000001', 'docker.io/a:1', parts, { is_default_placeholder: { S: 'DEFAULT' } }),
      rowOf('a:1-00000004', 'a:1', parts),
      rowOf('a:1-00000003', 'a:1', parts, { is_default_placeholder: { S: 'DEFAULT' } }),
      rowOf('a:1-00000002', 'a:1', parts),
    ];
    const pick = async (...indexes: number[]) => {
      const Items = indexes.map((index) => rows[index]);
      const { imageRegistry } = scriptedFacets([['dynamodb.Scan', { Items }]]);
      return (await imageRegistry.getImage(ctx, 'a:1')).imageId;
    };

    expect(await pick(0, 1, 2, 3)).toBe('a:1-00000003');
    expect(await pick(0, 1, 3)).toBe('a:1-00000002');
    expect(await pick(0)).toBe('a:1-00000001');
  });

  it('finds the very text whatever registry its row has', async () => {
    // A version that took another part of the reference for the registry may have written it.
    const row = rowOf('a:1-00000001', 'a:1', { registry: 'ghcr.io', name: 'a', tag: '1' });
    const { imageRegistry } = scriptedFacets([['dynamodb.Scan', { Items: [row] }]]);

    expect((await imageRegistry.getImage(ctx, 'a:1')).imageId).toBe('a:1-00000001');
  });
});
