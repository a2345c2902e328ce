import { describe, expect, it } from 'vitest';

import { alpineId, alpineRow } from './image-rows.js';
import { ctx, scriptedFacets, sdkError } from './scripted-facets.js';

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

  it('resolves an ID to itself', async () => {
    const { imageRegistry } = scriptedFacets([['dynamodb.GetItem', { Item: alpineRow }]]);

    expect(await imageRegistry.resolveImage(ctx, alpineId)).toBe(alpineId);
  });
});
