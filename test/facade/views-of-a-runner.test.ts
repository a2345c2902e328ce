import { describe, expect, it, vi } from 'vitest';
import { facetsOf } from '../../legacy/index.js';
import type { Runner } from '../../legacy/index.js';
import type { RuntimeConfig } from '../../src/contracts/index.js';
import { startTask } from '../../src/orchestrator/start-task.js';

const ctx = { requestId: 'request-1' };

describe('what a Runner cannot do', () => {
  it.each([
    [
      'setDefaultImage',
      () => facetsOf({} as Runner).imageRegistry.setDefaultImage(ctx, 'alpine:3.18-ddecce05'),
    ],
    [
      'getImagesByRequestId',
      () => facetsOf({} as Runner).imageRegistry.getImagesByRequestId(ctx, 'request-1'),
    ],
  ])('%s is a rejection with NOT_SUPPORTED', async (_name, call) => {
    await expect(call()).rejects.toMatchObject({ name: 'AppError', code: 'NOT_SUPPORTED', status: 501 });
  });
});

describe('a Runner seen as an image registry', () => {
  it('asks for the default image by the empty reference', async () => {
    const getImage = vi.fn().mockResolvedValue('the default');

    await facetsOf({ getImage } as Partial<Runner> as Runner).imageRegistry.getDefaultImage(ctx);

    expect(getImage.mock.calls).toStrictEqual([[ctx, '']]);
  });

  it.each([
    ['alpine:3.18', 'alpine:3.18'],
    ['', ''],
    [undefined, ''],
  ])('resolves %j to %j without a call', async (reference, expected) => {
    const { imageRegistry } = facetsOf({} as Runner);

    await expect(imageRegistry.resolveImage(ctx, reference)).resolves.toBe(expected);
  });

  it.each<[RuntimeConfig | undefined, string | undefined]>([
    [undefined, undefined],
    [{}, undefined],
    [{ platform: '' }, ''],
    [{ platform: 'Linux/X86_64' }, 'Linux/X86_64'],
    [{ platform: 'Linux' }, 'Linux'],
    [{ platform: 'Linux', architecture: 'ARM64' }, 'Linux/ARM64'],
    [{ architecture: 'X86_64' }, 'Linux/X86_64'],
    [{ platform: 'Linux/ARM64', architecture: '' }, 'Linux/ARM64'],
    [{ platform: 'Linux', architecture: undefined }, 'Linux'],
  ])('registers the runtime %j as the platform %j', async (runtime, platform) => {
    const registerImage = vi.fn<Runner['registerImage']>().mockResolvedValue(undefined);
    const { imageRegistry } = facetsOf({ registerImage } as Partial<Runner> as Runner);

    await imageRegistry.registerImage(ctx, { image: 'alpine', runtime, registeredBy: 'ann@example.com' });

    expect(registerImage.mock.calls[0]?.[7]).toBe(platform);
  });

  it('refuses an architecture beside a platform that names one, without a call', async () => {
    const registerImage = vi.fn<Runner['registerImage']>();
    const { imageRegistry } = facetsOf({ registerImage } as Partial<Runner> as Runner);
    const runtime = { platform: 'Linux/ARM64', architecture: 'X86_64' };

    const registering = imageRegistry.registerImage(ctx, { image: 'alpine', runtime, registeredBy: 'ann' });

    await expect(registering).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(registerImage).not.toHaveBeenCalled();
  });

  it('registers an image without groups as one whose members are absent', async () => {
    const registerImage = vi.fn<Runner['registerImage']>().mockResolvedValue(undefined);
    const { imageRegistry } = facetsOf({ registerImage } as Partial<Runner> as Runner);

    await imageRegistry.registerImage(ctx, { image: 'alpine', registeredBy: 'ann@example.com' });

    const absent = undefined;
    expect(registerImage.mock.calls).toStrictEqual([
      [ctx, 'alpine', absent, absent, absent, absent, absent, absent, 'ann@example.com'],
    ]);
  });
});

describe('a Runner seen as a task executor', () => {
  it.each([
    ['alpine:3.18', { command: 'true', image: 'alpine:3.18' }],
    ['', { command: 'true' }],
  ])('starts a task on %j as it was named', async (imageId, request) => {
    const startTask = vi.fn<Runner['startTask']>().mockResolvedValue({ executionId: 'task-1' });
    const { taskExecutor } = facetsOf({ startTask } as Partial<Runner> as Runner);

    await taskExecutor.startTask(ctx, 'ann@example.com', { command: 'true', imageId });

    expect(startTask.mock.calls).toStrictEqual([[ctx, 'ann@example.com', request]]);
  });

  it('keeps the order of a request through the helper and back', async () => {
    const started = vi.fn<Runner['startTask']>().mockResolvedValue({ executionId: 'task-1' });
    const facets = facetsOf({ startTask: started } as Partial<Runner> as Runner);
    const request = { timeout: 5, image: 'alpine:3.18', command: 'true' };

    await startTask(facets, ctx, 'ann@example.com', request);

    expect(JSON.stringify(started.mock.calls[0]?.[2])).toBe(JSON.stringify(request));
  });
});
