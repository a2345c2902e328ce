import type { Runner } from 'refacet/legacy';
import { expect, it, vi } from 'vitest';
import { registerImages } from './register-images.js';

it('registers the image of builds as the default', async () => {
  const runner = { registerImage: vi.fn().mockResolvedValue(undefined) };

  await registerImages(runner as unknown as Runner, {});

  expect(runner.registerImage).toHaveBeenCalledWith(
    {},
    'builder:2',
    true,
    'builder',
    'puller',
    2048,
    4096,
    'Linux/ARM64',
    'ops@example.com',
  );
});
