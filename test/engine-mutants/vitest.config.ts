import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { withMutant } from './engine-mutant.js';
import { namedMutants } from './named-mutants.js';

const root = join(import.meta.dirname, '../..');
const mutant = namedMutants.find(({ name }) => name === process.env['ENGINE_MUTANT']);

/** The tests of the engine with the mistake in it that `ENGINE_MUTANT` names; without one, as it is. */
export default defineConfig({
  plugins: [
    {
      name: 'engine-mutant',
      enforce: 'pre',
      transform: (source, id) =>
        mutant !== undefined && id.split('?')[0] === join(root, mutant.file)
          ? withMutant(source, mutant)
          : undefined,
    },
  ],
  test: {
    root,
    include: ['test/**/*.test.ts', 'codemods/**/*.test.ts'],
    exclude: ['test/fixtures/**', 'node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    bail: 1,
    maxWorkers: 1,
  },
});
