import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

/** Entry of the package → source file, read from package.json, so that a new entry cannot be forgotten. */
const entries = Object.entries(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest).exports,
).flatMap(([entry, target]) =>
  typeof target === 'string'
    ? []
    : [{ entry, file: join(root, target.types.replace('./dist/', '').replace(/\.d\.ts$/, '.ts')) }],
);

describe('exported names', () => {
  // A change of the public surface is a visible diff of the snapshot.
  it('are the ones that were agreed on', async () => {
    const program = ts.createProgram(
      entries.map(({ file }) => file),
      { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023, noEmit: true, skipLibCheck: true },
    );
    const checker = program.getTypeChecker();

    const names = entries.map(({ entry, file }) => {
      const source = program.getSourceFile(file);
      const symbol = source && checker.getSymbolAtLocation(source);
      const exported = symbol
        ? checker.getExportsOfModule(symbol).map((one) => one.name)
        : ['(no such module)'];
      return `${entry}\n${exported
        .sort()
        .map((name) => `  ${name}\n`)
        .join('')}`;
    });

    await expect(names.join('\n')).toMatchFileSnapshot('exported-names.txt');
  }, 60_000);
});
