import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

import { findImageLimits } from './find-image-limits.js';
import { openStore } from './open-store.js';
import { createSqliteImageRegistry } from './sqlite-image-registry.js';

it('limits memory only where the image states it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'refacet-limits-'));
  const database = openStore(directory);
  onTestFinished(() => {
    database.close();
    rmSync(directory, { recursive: true });
  });
  const images = createSqliteImageRegistry({ database, now: () => new Date(0) });
  const stated = { resources: { cpu: 1024, memory: 2048 } };
  await images.registerImage({}, { image: 'silent', registeredBy: 'ada@example.com' });
  await images.registerImage({}, { image: 'stated', registeredBy: 'ada@example.com', ...stated });
  const limitsOf = async (image: string): Promise<unknown> =>
    findImageLimits(database, await images.resolveImage({}, image));

  expect(await limitsOf('silent')).toEqual({ cpu: 256, memory: undefined });
  expect(await limitsOf('stated')).toEqual({ cpu: 1024, memory: 2048 });
  expect(findImageLimits(database, 'unknown:1-12345678')).toBeUndefined();
});
