import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const targets = JSON.parse(readFileSync(join(import.meta.dirname, 'targets.json'), 'utf8')) as Readonly<
  Record<string, { readonly tests: readonly string[] }>
>;

/** The tests that may kill mutants of the target that `MUTATION_TARGET` names. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: [...(targets[process.env['MUTATION_TARGET'] ?? '']?.tests ?? [])],
    exclude: ['node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    isolate: false,
    fileParallelism: false,
  },
});
