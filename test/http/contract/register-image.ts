import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/contracts/index.js';
import { expectFailure, expectSuccess, failure, requestId } from '../expectations.js';
import { type Start, emailOf } from '../harness.js';
import { outage } from '../outages.js';

/** Registering images (section 3.9 of the HTTP contract). */
export function registerImageContract(start: Start): void {
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
}
