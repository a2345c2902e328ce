import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../contracts/index.js';
import type { ImageInfo, ImageRegistry } from '../contracts/index.js';
import { ImageService } from './image-service.js';

const ctx = { requestId: 'request-1' };
const alpine: ImageInfo = {
  imageId: 'alpine:3.18-ddecce05',
  image: 'alpine:3.18',
  ownedBy: ['ann@example.com'],
  createdAt: new Date('2026-11-24T08:00:00Z'),
  createdByRequestId: 'request-0',
  modifiedByRequestId: 'request-0',
};

describe('ImageService', () => {
  it('registers an image for the user who asks', async () => {
    const imageRegistry = { registerImage: vi.fn() };
    const images = new ImageService(imageRegistry as unknown as ImageRegistry);

    await images.registerImage(ctx, 'ann@example.com', {
      image: 'alpine:3.18',
      isDefault: true,
      taskRoleName: 'reader',
      taskExecutionRoleName: 'puller',
      cpu: 1024,
      memory: 2048,
      runtimePlatform: 'Linux/X86_64',
    });

    expect(imageRegistry.registerImage).toHaveBeenCalledWith(ctx, {
      image: 'alpine:3.18',
      isDefault: true,
      permissions: { taskRole: 'reader', executionRole: 'puller' },
      resources: { cpu: 1024, memory: 2048 },
      runtime: { platform: 'Linux/X86_64' },
      registeredBy: 'ann@example.com',
    });
  });

  it('refuses an image without a reference', async () => {
    const imageRegistry = { registerImage: vi.fn() };
    const images = new ImageService(imageRegistry as unknown as ImageRegistry);

    const registering = images.registerImage(ctx, 'ann@example.com', { image: '' });

    await expect(registering).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: 'image is required',
    });
    expect(imageRegistry.registerImage).not.toHaveBeenCalled();
  });

  it('lists images as they come', async () => {
    const imageRegistry = { listImages: vi.fn().mockResolvedValue([alpine]) };
    const images = new ImageService(imageRegistry as unknown as ImageRegistry);

    await expect(images.listImages(ctx)).resolves.toEqual([alpine]);
  });

  it('looks the default image up by the empty reference', async () => {
    const imageRegistry = { getImage: vi.fn().mockResolvedValue(alpine) };
    const images = new ImageService(imageRegistry as unknown as ImageRegistry);

    await expect(images.resolveImage(ctx, '')).resolves.toEqual(alpine);
    expect(imageRegistry.getImage).toHaveBeenCalledWith(ctx, '');
  });

  it('removes an image by its ID', async () => {
    const imageRegistry = { removeImage: vi.fn() };
    const images = new ImageService(imageRegistry as unknown as ImageRegistry);

    await images.removeImage(ctx, 'alpine:3.18-ddecce05');

    expect(imageRegistry.removeImage).toHaveBeenCalledTimes(1);
    expect(imageRegistry.removeImage).toHaveBeenCalledWith(ctx, 'alpine:3.18-ddecce05');
  });

  it('leaves a failure that has a code alone, however deep it lies', async () => {
    const wrapped = new Error('failed to get image', {
      cause: new AppError('NOT_FOUND', 'image not found: alpine'),
    });
    const imageRegistry = { getImage: vi.fn().mockRejectedValue(wrapped) };
    const images = new ImageService(imageRegistry as unknown as ImageRegistry);

    await expect(images.getImage(ctx, 'alpine')).rejects.toBe(wrapped);
  });

  it('gives every other failure a code and a text of its own', async () => {
    const outage = new Error('ECONNRESET');
    const imageRegistry = {
      registerImage: vi.fn().mockRejectedValue(outage),
      listImages: vi.fn().mockRejectedValue(outage),
      getImage: vi.fn().mockRejectedValue(outage),
      removeImage: vi.fn().mockRejectedValue(outage),
    };
    const images = new ImageService(imageRegistry as unknown as ImageRegistry);
    const classified = (message: string) => ({ code: 'INTERNAL_ERROR', message, cause: outage });

    await expect(images.registerImage(ctx, 'ann@example.com', { image: 'alpine' })).rejects.toMatchObject(
      classified('failed to register image'),
    );
    await expect(images.listImages(ctx)).rejects.toMatchObject(classified('failed to list images'));
    await expect(images.getImage(ctx, 'alpine')).rejects.toMatchObject(classified('failed to get image'));
    await expect(images.resolveImage(ctx, '')).rejects.toMatchObject(classified('failed to resolve image'));
    await expect(images.removeImage(ctx, 'alpine')).rejects.toMatchObject(
      classified('failed to remove image'),
    );
  });
});
