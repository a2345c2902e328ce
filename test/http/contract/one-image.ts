import { describe, expect, it } from 'vitest';
import { expectFailure, expectSuccess, failure } from '../expectations.js';
import { type Start, alpineId, emailOf } from '../harness.js';
import { outage, unclassified } from '../outages.js';

const required = failure(400, '-', 'invalid image', 'image parameter is required');

/** Finding and removing one image, whose name may hold slashes (section 3.9 of the HTTP contract). */
export function oneImageContract(start: Start): void {
  describe('GET /images/{image}', () => {
    const names: readonly (readonly [string, string])[] = [
      ['ghcr.io/owner/tool:1', 'ghcr.io/owner/tool:1'],
      ['ghcr.io%2Fowner%2Ftool:1', 'ghcr.io/owner/tool:1'],
      ['ghcr.io%2fowner/tool%3A1', 'ghcr.io/owner/tool:1'],
      ['ghcr.io%252Fowner%252Ftool:1', 'ghcr.io/owner/tool:1'],
      ['/ghcr.io/owner/tool:1', 'ghcr.io/owner/tool:1'],
      // One leading slash is dropped before the text is decoded once more.
      ['%2Fghcr.io/owner/tool:1', '/ghcr.io/owner/tool:1'],
      ['%2F', '/'],
      ['%20ghcr.io/owner/tool:1%20', 'ghcr.io/owner/tool:1'],
      ['%2520ghcr.io/owner/tool:1', 'ghcr.io/owner/tool:1'],
      ['owner%2Ftool%40sha256:abc', 'owner/tool@sha256:abc'],
      ['tool+plus:1', 'tool+plus:1'],
      // What cannot be decoded a second time stays as it is.
      ['100%25:1', '100%:1'],
      ['100%25zz:1', '100%zz:1'],
      ['a/../b', 'a/../b'],
    ];

    it.each(names)('%s asks for %s', async (path, image) => {
      const api = await start();
      const before = api.calls('imageRegistry', 'getImage').length;
      const asked = (): unknown[] =>
        api
          .calls('imageRegistry', 'getImage')
          .slice(before)
          .map(([, reference]) => reference);

      expectFailure(
        await api.call('operator', 'GET', `/images/${path}`),
        failure(404, 'NOT_FOUND', 'failed to get image', `image not found: ${image}`),
      );
      expect(asked()).toContain(image);
    });

    it('finds an image by ID, by reference, and by a reference that means the same', async () => {
      const api = await start();

      for (const path of [alpineId, 'alpine:3.18', 'docker.io/alpine:3.18', encodeURIComponent(alpineId)])
        expect(await api.json('operator', 'GET', `/images/${path}`)).toMatchObject({ image_id: alpineId });
    });

    it('finds an image whose tag looks like the end of an ID', async () => {
      const api = await start({ images: [{ image: 'tool:v-12345678', registeredBy: emailOf('admin') }] });

      expect(await api.json('operator', 'GET', '/images/tool:v-12345678')).toMatchObject({
        image: 'tool:v-12345678',
      });
    });

    it.each([
      ['503', outage, failure(503, 'DATABASE_ERROR', 'failed to get image', 'the store did not answer')],
      ['500', unclassified, failure(500, 'INTERNAL_ERROR', 'failed to get image', /^(?!.*planted)/)],
    ])('says %s when the image cannot be read', async (_, thrown, expected) => {
      const api = await start();
      api.fail('imageRegistry', 'getImage', thrown);

      expectFailure(await api.call('operator', 'GET', '/images/x'), expected);
    });
  });

  describe('no image at all', () => {
    it.each([
      ['GET', '/images/%20'],
      ['GET', '/images/%2520'],
      ['GET', '/images//'],
      ['DELETE', '/images'],
      ['DELETE', '/images/'],
      ['DELETE', '/images/%20'],
    ])('%s %s', async (method, path) => {
      const api = await start();

      expectFailure(await api.call('admin', method, path), required);
    });
  });

  describe('DELETE /images/{image}', () => {
    it('removes an image by its ID and answers what was in the path', async () => {
      const api = await start();

      expectSuccess(await api.call('operator', 'DELETE', `/images/${encodeURIComponent(alpineId)}`), 200, {
        image: alpineId,
        message: 'Image removed successfully',
      });
      expect(await api.provider.imageRegistry.listImages({})).toEqual([]);
    });

    it('removes an image whose ID has slashes', async () => {
      const api = await start({ images: [{ image: 'ghcr.io/owner/tool:1', registeredBy: 'x' }] });
      const { imageId } = await api.provider.imageRegistry.getImage({}, 'ghcr.io/owner/tool:1');

      expect(await api.json('operator', 'DELETE', `/images/${imageId}`)).toMatchObject({ image: imageId });
    });

    it('leaves no default when the default goes', async () => {
      const api = await start();
      await api.json('operator', 'POST', '/images/register', { body: { image: 'second:1' } });

      await api.json('operator', 'DELETE', `/images/${alpineId}`);

      expectFailure(
        await api.call('operator', 'POST', '/run', { body: { command: 'true' } }),
        failure(
          400,
          'INVALID_REQUEST',
          'failed to resolve image',
          'no image specified and no default image configured',
        ),
      );
    });

    it('wants an ID', async () => {
      const api = await start();

      expectFailure(
        await api.call('operator', 'DELETE', '/images/alpine:3.18'),
        failure(400, 'INVALID_REQUEST', 'failed to remove image', /^image unregister requires exact ImageID/),
      );
      expect(await api.provider.imageRegistry.listImages({})).toHaveLength(1);
    });

    it('says 404 for an ID that nobody has', async () => {
      const api = await start();

      expectFailure(
        await api.call('operator', 'DELETE', '/images/alpine:3.18-00000000'),
        failure(404, 'NOT_FOUND', 'failed to remove image', 'image "alpine:3.18-00000000" not found'),
      );
    });

    it.each([
      ['503', outage, failure(503, 'DATABASE_ERROR', 'failed to remove image', 'the store did not answer')],
      ['500', unclassified, failure(500, 'INTERNAL_ERROR', 'failed to remove image', /^(?!.*planted)/)],
    ])('says %s when the image cannot be removed', async (_, thrown, expected) => {
      const api = await start();
      api.fail('imageRegistry', 'removeImage', thrown);

      expectFailure(await api.call('operator', 'DELETE', `/images/${alpineId}`), expected);
    });
  });
}
