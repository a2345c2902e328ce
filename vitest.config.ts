import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    exclude: ['test/fixtures/**', 'node_modules/**'],
    globalSetup: ['test/support/build-supervisor.ts', 'test/support/forget-equivalence-coverage.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Two cores are the machine we promise to be testable on.
    maxWorkers: 2,
    projects: [
      // The inner loop: what sits beside the code. `npm run test:unit`
      { extends: true, test: { name: 'unit', include: ['{src,legacy,codemods}/**/*.test.ts'] } },
      // What spans folders, runs real processes or needs the build.
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: ['test/equivalence/floors/**', 'test/fixtures/**', 'node_modules/**'],
        },
      },
      // What counts what all of the comparison has covered, when all of it is over.
      {
        extends: true,
        test: {
          name: 'floors',
          include: ['test/equivalence/floors/*.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
