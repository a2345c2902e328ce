import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { withMutant } from './engine-mutant.js';
import { namedMutants } from './named-mutants.js';

const root = join(import.meta.dirname, '../..');

describe('the named mutants of the engine', () => {
  it('have names of their own', () => {
    const names = namedMutants.map(({ name }) => name);

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  it.each(namedMutants.map((mutant) => [mutant.name, mutant] as const))(
    'apply to the source as it is: %s',
    (_name, mutant) => {
      const source = readFileSync(join(root, mutant.file), 'utf8');

      const mutated = withMutant(source, mutant);

      expect(mutated).not.toBe(source);
      expect(syntaxErrorsOf(mutated)).toEqual([]);
    },
  );

  it.each(namedMutants.map((mutant) => [mutant.name, mutant] as const))(
    'are looked for by tests that exist: %s',
    (_name, { killers }) => {
      const paths = killers.flatMap((killer) => {
        if ('project' in killer) return [`test/fixtures/projects/${killer.project}`];
        if ('situation' in killer) return [`test/fixtures/${killer.situation}`];
        return 'test' in killer ? [killer.test] : [];
      });

      expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
      expect(killers.length).toBeGreaterThan(0);
    },
  );
});

function syntaxErrorsOf(text: string): readonly string[] {
  const file = ts.createSourceFile('mutant.ts', text, ts.ScriptTarget.ES2023) as ts.SourceFile & {
    readonly parseDiagnostics: readonly ts.Diagnostic[];
  };
  return file.parseDiagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
