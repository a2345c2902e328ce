import { describe, expect, it } from 'vitest';

import type { ImageConfig, ImageInfo, ImageRegistry } from '../../src/contracts/index.js';
import { expectAppError } from './expect-app-error.js';

/**
 * What every {@link ImageRegistry} promises. `make` gives an empty one in which the roles `build` and `pull` exist.
 *
 * Long because a contract is read in one piece.
 */
export function imageRegistryContract(name: string, make: () => Promise<ImageRegistry>): void {
  const ctx = { requestId: 'request-1' };
  const config = (image: string, more: Partial<ImageConfig> = {}): ImageConfig => ({
    image,
    registeredBy: 'ada@example.com',
    ...more,
  });
  const makeWith = async (...configs: ImageConfig[]): Promise<ImageRegistry> => {
    const registry = await make();
    for (const each of configs) await registry.registerImage(ctx, each);
    return registry;
  };
  const idsOf = async (registry: ImageRegistry): Promise<string[]> =>
    (await registry.listImages(ctx)).map(({ imageId }) => imageId);
  const defaultsOf = async (registry: ImageRegistry): Promise<string[]> =>
    (await registry.listImages(ctx)).filter(({ isDefault }) => isDefault).map(({ image }) => image);

  describe(`image registry: ${name}`, () => {
    describe('registering', () => {
      it('fills in the defaults', async () => {
        const registry = await makeWith(config('alpine'));

        const image = await registry.getImage(ctx, 'alpine');

        expect(image).toMatchObject({
          imageId: 'alpine:latest-c5c74c0e',
          image: 'alpine',
          isDefault: true,
          cpu: 256,
          memory: 512,
          runtimePlatform: 'Linux/ARM64',
          imageName: 'alpine',
          imageTag: 'latest',
          createdBy: 'ada@example.com',
          ownedBy: ['ada@example.com'],
          createdByRequestId: 'request-1',
          modifiedByRequestId: 'request-1',
        });
        expect(image.imageRegistry ?? '').toBe('');
        expect(image.taskRoleName).toBeUndefined();
        expect(image.taskExecutionRoleName).toBeUndefined();
      });

      it('keeps everything that was given', async () => {
        const registry = await makeWith(
          config('gcr.io/project-id/image-name:tag123', {
            permissions: { taskRole: 'build', executionRole: 'pull' },
            resources: { cpu: 1024, memory: 2048 },
            runtime: { platform: 'Linux/X86_64' },
          }),
        );

        expect(await registry.listImages(ctx)).toMatchObject([
          {
            image: 'gcr.io/project-id/image-name:tag123',
            imageRegistry: 'gcr.io',
            imageName: 'project-id/image-name',
            imageTag: 'tag123',
            taskRoleName: 'build',
            taskExecutionRoleName: 'pull',
            cpu: 1024,
            memory: 2048,
            runtimePlatform: 'Linux/X86_64',
          },
        ]);
      });

      it('notes the time in whole seconds', async () => {
        const registry = await makeWith(config('alpine'));

        const { createdAt } = await registry.getImage(ctx, 'alpine');

        expect(createdAt).toBeInstanceOf(Date);
        expect(createdAt.getMilliseconds()).toBe(0);
      });

      it('takes undefined members for absent ones', async () => {
        const registry = await makeWith(
          config('alpine', {
            isDefault: undefined,
            permissions: { taskRole: undefined, executionRole: undefined },
            resources: { cpu: undefined, memory: undefined },
            runtime: { platform: undefined, architecture: undefined },
          }),
          config('alpine'),
        );

        expect(await idsOf(registry)).toEqual(['alpine:latest-c5c74c0e']);
        expect((await registry.getImage(ctx, 'alpine')).taskRoleName).toBeUndefined();
      });

      it('joins a platform without a slash with the architecture', async () => {
        const runtime = { platform: 'Linux', architecture: 'X86_64' };
        const registry = await makeWith(config('alpine', { runtime }));

        expect(await registry.listImages(ctx)).toMatchObject([
          { imageId: 'alpine:latest-7aa12d17', runtimePlatform: 'Linux/X86_64' },
        ]);
      });

      it('keeps variants of one reference apart', async () => {
        const registry = await makeWith(
          config('alpine:latest'),
          config('alpine:latest', { resources: { cpu: 1024, memory: 2048 } }),
          config('alpine:latest', { runtime: { platform: 'Linux/X86_64' } }),
        );

        expect(await idsOf(registry)).toEqual([
          'alpine:latest-7aa12d17',
          'alpine:latest-c5c74c0e',
          'alpine:latest-e61d1dea',
        ]);
      });

      it('changes nothing when the same configuration comes again', async () => {
        const registry = await makeWith(config('alpine'));
        const before = await registry.listImages(ctx);

        await registry.registerImage(
          { requestId: 'request-2' },
          config('docker.io/alpine:latest', { registeredBy: 'bob@example.com', isDefault: false }),
        );

        expect(await registry.listImages(ctx)).toEqual(before);
      });

      it('keeps images of two registries with the same name apart', async () => {
        const registry = await makeWith(config('ghcr.io/owner/app:1'), config('quay.io/owner/app:1'));

        const images = await registry.listImages(ctx);

        expect(images.map(({ image }) => image)).toEqual(['ghcr.io/owner/app:1', 'quay.io/owner/app:1']);
        expect(new Set(images.map(({ imageId }) => imageId)).size).toBe(2);
        // The first one has the ID that it would have alone.
        const alone = await makeWith(config('ghcr.io/owner/app:1'));
        expect(images[0]?.imageId).toBe((await alone.listImages(ctx))[0]?.imageId);
      });

      it('knows an image again whose plain ID was taken when it came', async () => {
        const registry = await makeWith(config('ghcr.io/owner/app:1'), config('quay.io/owner/app:1'));
        const [first, second] = await idsOf(registry);
        await registry.removeImage(ctx, first ?? '');

        await registry.registerImage(ctx, config('quay.io/owner/app:1'));

        expect(await idsOf(registry)).toEqual([second]);
      });
    });

    describe('the default image', () => {
      it('is the first one that says nothing about it', async () => {
        const registry = await makeWith(
          config('a', { isDefault: false }),
          config('b'),
          config('c'),
          config('d', { isDefault: false }),
        );

        expect(await defaultsOf(registry)).toEqual(['b']);
      });

      it('moves to a new image that claims it', async () => {
        const registry = await makeWith(config('a'), config('b', { isDefault: true }));

        expect(await defaultsOf(registry)).toEqual(['b']);
      });

      it('moves to a known image that claims it, whatever its size', async () => {
        const large = { resources: { cpu: 1024, memory: 2048 } };
        const registry = await makeWith(config('a', large), config('b', { isDefault: true }));
        const before = await registry.getImage(ctx, 'a');

        await registry.registerImage(ctx, config('a', { ...large, isDefault: true }));

        expect(await registry.getDefaultImage(ctx)).toEqual({ ...before, isDefault: true });
        expect(await defaultsOf(registry)).toEqual(['a']);
        expect(await idsOf(registry)).toHaveLength(2);
      });

      it('is not cleared by registering it again as no default', async () => {
        const registry = await makeWith(config('a'), config('a', { isDefault: false }));

        expect(await defaultsOf(registry)).toEqual(['a']);
      });

      it('stays where it is when a known image comes again and says nothing about it', async () => {
        const registry = await makeWith(config('a'), config('b', { isDefault: true }), config('a'));

        expect(await defaultsOf(registry)).toEqual(['b']);
      });

      it('has no successor when it is removed, until the next image comes', async () => {
        const registry = await makeWith(config('a'), config('b'));
        await registry.removeImage(ctx, (await registry.getDefaultImage(ctx)).imageId);
        const left = await defaultsOf(registry);

        await registry.registerImage(ctx, config('c'));

        expect(left).toEqual([]);
        expect(await defaultsOf(registry)).toEqual(['c']);
      });

      it('is found by the empty reference', async () => {
        const registry = await makeWith(config('a'), config('b'));

        expect((await registry.getImage(ctx, '')).image).toBe('a');
        expect(await registry.getDefaultImage(ctx)).toEqual(await registry.getImage(ctx, ''));
      });

      it('is an invalid request when there is none', async () => {
        const registry = await makeWith(config('a', { isDefault: false }));
        const message = 'no image specified and no default image configured';

        await expectAppError(registry.getImage(ctx, ''), 'INVALID_REQUEST', message);
        await expectAppError(registry.getDefaultImage(ctx), 'INVALID_REQUEST', message);
        await expectAppError(registry.resolveImage(ctx), 'INVALID_REQUEST', message);
      });

      it('is exactly one after two registrations at once claim it', async () => {
        const registry = await makeWith(config('a'));

        await Promise.all(
          ['b', 'c'].map((image) => registry.registerImage(ctx, config(image, { isDefault: true }))),
        );

        expect(await defaultsOf(registry)).toHaveLength(1);
        expect(await idsOf(registry)).toHaveLength(3);
      });

      it('can be set by ID', async () => {
        const registry = await makeWith(config('a'), config('b'));

        await registry.setDefaultImage(ctx, (await registry.getImage(ctx, 'b')).imageId);

        expect(await defaultsOf(registry)).toEqual(['b']);
      });

      it('stays when an unknown image is to become it', async () => {
        const registry = await makeWith(config('a'));

        await expectAppError(registry.setDefaultImage(ctx, 'b:latest-12345678'), 'NOT_FOUND');
        expect(await defaultsOf(registry)).toEqual(['a']);
      });
    });

    describe('finding', () => {
      it.each([
        ['alpine:latest-c5c74c0e', 'its ID'],
        ['alpine:latest', 'its reference'],
        ['alpine', 'a reference without the tag'],
        ['docker.io/alpine:latest', 'a reference with the registry spelt out'],
      ])('finds alpine:latest by %s, %s', async (imageRef) => {
        const registry = await makeWith(config('alpine:latest'));

        expect((await registry.getImage(ctx, imageRef)).imageId).toBe('alpine:latest-c5c74c0e');
        expect(await registry.resolveImage(ctx, imageRef)).toBe('alpine:latest-c5c74c0e');
      });

      it('does not find the same name in another registry', async () => {
        const registry = await makeWith(config('alpine:latest'));

        await expectAppError(
          registry.getImage(ctx, 'ghcr.io/alpine:latest'),
          'NOT_FOUND',
          'image not found: ghcr.io/alpine:latest',
        );
      });

      it.each(['nope:1', 'alpine:latest-C5C74C0E', 'alpine:latest-00000000', 'ALPINE', '%', "' OR 1=1 --"])(
        'says that %s is not there',
        async (imageRef) => {
          const registry = await makeWith(config('alpine:latest'));

          await expectAppError(registry.getImage(ctx, imageRef), 'NOT_FOUND', `image not found: ${imageRef}`);
          await expectAppError(
            registry.resolveImage(ctx, imageRef),
            'INVALID_REQUEST',
            'image not registered',
          );
        },
      );

      it('finds a reference whose tag looks like an ID', async () => {
        const registry = await makeWith(config('myapp:build-1a2b3c4d'));

        const { imageId } = await registry.getImage(ctx, 'myapp:build-1a2b3c4d');

        expect(imageId).toBe('myapp:build-1a2b3c4d-6fca1019');
      });

      it('prefers an ID to a reference', async () => {
        const registry = await makeWith(config('alpine:latest-c5c74c0e'), config('alpine:latest'));

        expect((await registry.getImage(ctx, 'alpine:latest-c5c74c0e')).image).toBe('alpine:latest');
      });

      it('prefers the very text to another spelling, and then the default', async () => {
        const large = { resources: { cpu: 1024, memory: 2048 } };
        const registry = await makeWith(
          config('docker.io/alpine', { isDefault: true }),
          config('alpine', large),
          config('other:1'),
          config('other:1', { ...large, isDefault: true }),
        );

        expect((await registry.getImage(ctx, 'alpine')).cpu).toBe(1024);
        expect((await registry.getImage(ctx, 'other:1')).cpu).toBe(1024);
      });

      it('resolves nothing to the default', async () => {
        const registry = await makeWith(config('alpine'));

        expect(await registry.resolveImage(ctx)).toBe('alpine:latest-c5c74c0e');
        expect(await registry.resolveImage(ctx, '')).toBe('alpine:latest-c5c74c0e');
      });
    });

    describe('listing', () => {
      it('is an empty list at first', async () => {
        expect(await (await make()).listImages(ctx)).toEqual([]);
      });

      it('goes by reference and then by ID, in byte order', async () => {
        const references = ['b', 'a:2', 'Z', 'a:10', 'a', '\u{1f600}:1', '\uff5e:1'];
        const registry = await makeWith(
          ...references.map((image) => config(image)),
          config('a', { resources: { cpu: 1024, memory: 2048 } }),
          config('a', { runtime: { platform: 'Linux/X86_64' } }),
        );

        const images = await registry.listImages(ctx);

        const inOrder = [...images].sort(
          (one, other) => compareBytes(one.image, other.image) || compareBytes(one.imageId, other.imageId),
        );
        expect(images).toHaveLength(9);
        expect(images).toEqual(inOrder);
      });

      it('gives what getImage gives', async () => {
        const registry = await makeWith(config('a'), config('b'));

        const images = await registry.listImages(ctx);

        const alone = await Promise.all(images.map(({ imageId }) => registry.getImage(ctx, imageId)));
        expect(images).toEqual<ImageInfo[]>(alone);
      });

      it('can be asked by the request that registered an image', async () => {
        const registry = await makeWith(config('a'));
        await registry.registerImage({ requestId: 'request-2' }, config('b'));
        await registry.registerImage({}, config('c'));

        const images = await registry.getImagesByRequestId(ctx, 'request-2');

        expect(images).toEqual([await registry.getImage(ctx, 'b')]);
        expect(await registry.getImagesByRequestId(ctx, 'request-3')).toEqual([]);
      });
    });

    describe('removing', () => {
      it('removes one variant and leaves the others', async () => {
        const registry = await makeWith(
          config('alpine'),
          config('alpine', { resources: { cpu: 1024, memory: 2048 } }),
        );

        await registry.removeImage(ctx, 'alpine:latest-c5c74c0e');

        expect(await idsOf(registry)).toEqual(['alpine:latest-e61d1dea']);
      });

      it('says which ID it does not know', async () => {
        const registry = await makeWith(config('alpine'));

        const error = await expectAppError(
          registry.removeImage(ctx, 'nope:1-12345678'),
          'NOT_FOUND',
          'image not found',
        );

        expect(error.cause).toMatchObject({ message: 'image "nope:1-12345678" not found' });
      });

      it.each([
        ['alpine:latest', '"alpine:latest"'],
        ['', '""'],
        ['a "b"\n', '"a \\"b\\"\\n"'],
      ])('takes no reference such as %j', async (reference, quoted) => {
        const registry = await makeWith(config('alpine:latest'));

        await expectAppError(
          registry.removeImage(ctx, reference),
          'INVALID_REQUEST',
          'image unregister requires exact ImageID (e.g., "alpine:latest-a1b2c3d4"). ' +
            `Use 'images list' to find the exact ImageID for ${quoted}`,
        );
        expect(await idsOf(registry)).toHaveLength(1);
      });
    });

    it('does nothing for a request that is over', async () => {
      const registry = await makeWith(config('a'));
      const over = { signal: AbortSignal.abort() };

      await expect(registry.registerImage(over, config('b'))).rejects.toThrow();
      await expect(registry.listImages(over)).rejects.toThrow();

      expect(await defaultsOf(registry)).toEqual(['a']);
      expect(await idsOf(registry)).toHaveLength(1);
    });
  });
}

function compareBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
