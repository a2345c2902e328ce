import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** What takes hours and is no part of `npm test`. */
export default defineConfig({
  test: { root: join(import.meta.dirname, '../..'), include: ['test/codemods/*.soak.ts'], maxWorkers: 1 },
});
