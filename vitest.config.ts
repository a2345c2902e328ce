import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,legacy,codemods,test}/**/*.test.ts'],
    exclude: ['test/fixtures/**', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Two cores are the machine we promise to be testable on.
    maxWorkers: 2,
  },
});
