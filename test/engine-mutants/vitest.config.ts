import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { withMutant } from './engine-mutant.js';
import { namedMutants } from './named-mutants.js';

const root = join(import.meta.dirname, '../..');
const engine = ['codemods', 'test/codemods'].map((folder) => join(root, folder));

/** The engine as it is, and beside it once more with each mutant: `plan-migration.ts?mutant=…`. */
export default defineConfig({
  plugins: [
    {
      name: 'engine-mutants',
      enforce: 'pre',
      /** What a module of a mutant's engine imports belongs to that engine as well. */
      async resolveId(source, importer, options) {
        const mutant = mutantOf(importer);
        if (mutant === undefined) return undefined;
        const found = await this.resolve(source, importer?.split('?')[0], { ...options, skipSelf: true });
        const isOwn = found !== null && engine.some((folder) => found.id.startsWith(folder));
        return isOwn ? `${found.id}?mutant=${mutant}` : found;
      },
      transform(source, id) {
        const name = mutantOf(id) ?? process.env['ENGINE_MUTANT'];
        const mutant = namedMutants.find((one) => one.name === name);
        return mutant !== undefined && id.split('?')[0] === join(root, mutant.file)
          ? withMutant(source, mutant)
          : undefined;
      },
    },
  ],
  test: {
    root,
    include: ['test/**/*.{test,mutants}.ts', 'codemods/**/*.test.ts'],
    exclude: ['test/fixtures/**', 'node_modules/**'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
  },
});

function mutantOf(id: string | undefined): string | undefined {
  const name = /\?mutant=(.*)$/.exec(id ?? '')?.[1];
  return name === undefined ? undefined : decodeURIComponent(name);
}
