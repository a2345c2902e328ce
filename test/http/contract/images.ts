import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/contracts/index.js';
import { expectFailure, expectSuccess, failure, requestId, wholeSeconds } from '../expectations.js';
import { type Start, alpineId, emailOf } from '../harness.js';

const outage = new AppError('DATABASE_ERROR', 'the store did not answer', {
  cause: new Error('planted-cause'),
});
const unclassified = new Error('planted-internal-text');
const required = failure(400, '-', 'invalid image', 'image parameter is required');

/** Section 3.9 of the HTTP contract. */
export function imagesContract(start: Start): void {
  describe('POST /images/register', () => {
    it('answers 201 with the image as it was sent, and again 201 for the same image', async () => {
      const api = await start({ images: [] });
      const body = { image: 'ghcr.io/owner/tool:1' };

      for (let time = 0; time < 2; time += 1)
        expectSuccess(await api.call('operator', 'POST', '/images/register', { body }), 201, {
          image: 'ghcr.io/owner/tool:1',
          message: 'Image registered successfully',
        });
      expect(await api.provider.imageRegistry.listImages({})).toHaveLength(1);
    });

    it('hands every field to the registry', async () => {
      const api = await start({ images: [] });

      await api.json('operator', 'POST', '/images/register', {
        body: {
          image: 'tool:1',
          is_default: false,
          task_role_name: 'task-role',
          task_execution_role_name: 'execution-role',
          cpu: 1024,
          memory: 2048,
          runtime_platform: 'Linux/X86_64',
        },
      });

      expect(await api.provider.imageRegistry.getImage({}, 'tool:1')).toMatchObject({
        image: 'tool:1',
        isDefault: false,
        taskRoleName: 'task-role',
        taskExecutionRoleName: 'execution-role',
        cpu: 1024,
        memory: 2048,
        runtimePlatform: 'Linux/X86_64',
        createdBy: emailOf('operator'),
        ownedBy: [emailOf('operator')],
        createdByRequestId: requestId,
      });
    });

    it('makes the first image the default, the second not, and one that asks for it', async () => {
      const api = await start({ images: [] });
      const defaults = async (): Promise<string[]> =>
        (await api.provider.imageRegistry.listImages({}))
          .filter((one) => one.isDefault)
          .map(({ image }) => image);
      const register = async (body: object): Promise<unknown> =>
        api.json('admin', 'POST', '/images/register', { body });

      await register({ image: 'one:1' });
      expect(await defaults()).toEqual(['one:1']);
      await register({ image: 'two:1', is_default: null });
      expect(await defaults()).toEqual(['one:1']);
      await register({ image: 'three:1', is_default: true });
      expect(await defaults()).toEqual(['three:1']);
      await register({ image: 'one:1', is_default: true });
      expect(await defaults()).toEqual(['one:1']);
      await register({ image: 'one:1', is_default: false });
      expect(await defaults()).toEqual(['one:1']);
    });

    it.each([{}, { image: '' }, { image: null }, null])('refuses %j', async (body) => {
      const api = await start();

      expectFailure(
        await api.call('admin', 'POST', '/images/register', { body: JSON.stringify(body) }),
        failure(400, 'INVALID_REQUEST', 'failed to register image', 'image is required'),
      );
    });

    it('says 400 for a role that does not exist', async () => {
      const api = await start();
      api.fail(
        'imageRegistry',
        'registerImage',
        new AppError('INVALID_REQUEST', 'task IAM role does not exist: R', {
          cause: Object.assign(new Error('planted-sdk-text'), { $metadata: {} }),
        }),
      );

      expectFailure(
        await api.call('admin', 'POST', '/images/register', { body: { image: 'a', task_role_name: 'R' } }),
        failure(400, 'INVALID_REQUEST', 'failed to register image', 'task IAM role does not exist: R'),
      );
    });

    it('answers 201 even when the image cannot be read back for its ownership', async () => {
      const api = await start({ images: [] });
      api.fail('imageRegistry', 'getImage', outage);

      expect((await api.call('admin', 'POST', '/images/register', { body: { image: 'a:1' } })).status).toBe(
        201,
      );
    });

    it('keeps images apart that differ only in their registry', async () => {
      const api = await start({ images: [] });
      for (const image of ['ghcr.io/o/a:1', 'quay.io/o/a:1'])
        await api.json('admin', 'POST', '/images/register', { body: { image } });

      const { images } = (await api.json('admin', 'GET', '/images')) as {
        images: { image: string; image_id: string }[];
      };

      expect(images.map(({ image }) => image)).toEqual(['ghcr.io/o/a:1', 'quay.io/o/a:1']);
      expect(new Set(images.map(({ image_id }) => image_id)).size).toBe(2);
    });

    it('marks the image itself as default, whatever its resources', async () => {
      const api = await start({ images: [] });
      const body = { image: 'a:1', cpu: 512, memory: 1024 };
      await api.json('admin', 'POST', '/images/register', { body: { image: 'first:1' } });
      await api.json('admin', 'POST', '/images/register', { body });

      await api.json('admin', 'POST', '/images/register', { body: { ...body, is_default: true } });

      const { images } = (await api.json('admin', 'GET', '/images')) as { images: object[] };
      expect(images).toHaveLength(2);
      expect(images[0]).toMatchObject({ image: 'a:1', cpu: 512, memory: 1024, is_default: true });
      expect(images[1]).toMatchObject({ image: 'first:1', is_default: false });
    });
  });

  describe('GET /images', () => {
    it('answers an empty list, not null', async () => {
      const api = await start({ images: [] });

      expect((await api.call('operator', 'GET', '/images')).text).toBe('{"images":[]}\n');
    });

    it('answers exactly the keys of the contract', async () => {
      const api = await start();

      const { images } = (await api.json('operator', 'GET', '/images')) as { images: object[] };

      expect(images).toHaveLength(1);
      expect(images[0]).toMatchObject({
        image_id: alpineId,
        image: 'alpine:3.18',
        is_default: true,
        image_name: 'alpine',
        image_tag: '3.18',
        cpu: 256,
        memory: 512,
        runtime_platform: 'Linux/ARM64',
        created_by: emailOf('admin'),
        owned_by: [emailOf('admin')],
        created_at: wholeSeconds,
        created_by_request_id: '',
        modified_by_request_id: '',
      });
      const optional = [
        'task_definition_name',
        'image_registry',
        'task_role_name',
        'task_execution_role_name',
      ];
      expect(
        Object.keys(images[0] ?? {})
          .filter((key) => !optional.includes(key))
          .sort(),
      ).toEqual([
        'cpu',
        'created_at',
        'created_by',
        'created_by_request_id',
        'image',
        'image_id',
        'image_name',
        'image_tag',
        'is_default',
        'memory',
        'modified_by_request_id',
        'owned_by',
        'runtime_platform',
      ]);
    });

    it('omits what is empty, zero or unknown', async () => {
      const api = await start();
      api.replace('imageRegistry', 'listImages', () => async () => [
        {
          imageId: 'i',
          image: 'x',
          cpu: 0,
          memory: 0,
          imageRegistry: '',
          createdBy: '',
          ownedBy: [],
          createdAt: new Date('2026-03-04T05:06:07.999Z'),
          createdByRequestId: '',
          modifiedByRequestId: '',
        },
      ]);

      expect(await api.json('operator', 'GET', '/images')).toStrictEqual({
        images: [
          {
            image_id: 'i',
            image: 'x',
            owned_by: [],
            created_at: '2026-03-04T05:06:07Z',
            created_by_request_id: '',
            modified_by_request_id: '',
          },
        ],
      });
    });

    it('sorts by reference and then by ID', async () => {
      const api = await start({
        images: [
          { image: 'b:1', registeredBy: 'x' },
          { image: 'a:1', registeredBy: 'x', resources: { cpu: 512 } },
          { image: 'a:1', registeredBy: 'x' },
        ],
      });

      const { images } = (await api.json('admin', 'GET', '/images')) as {
        images: { image: string; image_id: string }[];
      };

      const keys = images.map(({ image, image_id }) => `${image}\n${image_id}`);
      expect(keys).toEqual([...keys].sort());
      expect(images).toHaveLength(3);
    });

    it.each([
      ['503', outage, failure(503, 'DATABASE_ERROR', 'failed to list images', 'the store did not answer')],
      ['500', unclassified, failure(500, 'INTERNAL_ERROR', 'failed to list images', /^(?!.*planted)/)],
    ])('says %s when images cannot be listed', async (_, thrown, expected) => {
      const api = await start();
      api.fail('imageRegistry', 'listImages', thrown);

      expectFailure(await api.call('operator', 'GET', '/images'), expected);
    });
  });

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
