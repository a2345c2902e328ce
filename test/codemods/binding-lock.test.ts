import { describe, expect, it } from 'vitest';
import { bindingLock } from '../../codemods/engine/locks/binding-lock.js';
import type { NestedEdit } from '../../codemods/engine/nested-edits.js';
import { NestedEdits } from '../../codemods/engine/nested-edits.js';
import type { Carrier } from '../../codemods/engine/resolve/carrier.js';
import { inMemoryProject } from './in-memory-project.js';

const path = '/project/src/jobs.ts';
const carrier = { name: 'runner', index: 0 } as Carrier;

/** Replaces pieces of a module, each of which stands in it once, and asks the lock about the outcome. */
function nameThatTurned(text: string, replacements: Readonly<Record<string, string>>): string | undefined {
  const project = inMemoryProject(
    new Map([
      [path, text],
      ['/project/src/facets.ts', 'export interface Facet {\n  use(text: string): void;\n}\n'],
    ]),
  );
  const edits = new NestedEdits(text);
  for (const [old, written] of Object.entries(replacements)) {
    const start = text.indexOf(old);
    const edit: NestedEdit = {
      owner: carrier,
      start,
      end: start + old.length,
      key: old,
      build: () => written,
    };
    edits.add(edit);
  }
  const { text: after, placed } = edits.apply();
  const blamed = bindingLock({
    before: project.program,
    after: project.withTexts(new Map([[path, after]])),
    files: [{ path, before: text, after, placed }],
    imported: [{ module: '/project/src/facets.ts', name: 'Facet', specifier: undefined }],
    moving: [carrier],
  });
  return blamed.get(carrier)?.cause.detail;
}

describe('the lock on names', () => {
  it('lets pass a declaration that is renamed with its uses', () => {
    const text = 'export function stop(runner: string): string {\n  return runner;\n}\n';

    expect(nameThatTurned(text, { 'runner: string': 'facet: string', 'return runner': 'return facet' })).toBe(
      undefined,
    );
  });

  it('sees that a new name captures one that nobody touched', () => {
    const text = `const facet = 'outer';
export const stop = (runner: string): string => runner + facet;
`;

    expect(nameThatTurned(text, { 'runner: string': 'facet: string', 'runner +': 'facet +' })).toBe('facet');
  });

  it('sees that an argument which was moved means something nearer than before', () => {
    const text = `const fixed = 'outer';
const log: string[] = [];
export function stop(runner: string): void {
  log.push(runner, fixed);
}
`;

    expect(
      nameThatTurned(text, {
        'log.push(runner, fixed);': "{\n    const fixed = 'inner';\n    log.push(runner, fixed);\n  }",
      }),
    ).toBe('fixed');
  });

  it('sees that a name which was written means something of the project that it was not written for', () => {
    const text = `const facet = 'other';
export const stop = (runner: string): string => runner;
void facet;
`;

    expect(nameThatTurned(text, { '=> runner': '=> facet' })).toBe('facet');
  });

  it('lets pass what the facade may import', () => {
    const text = `import type { Facet } from './facets.js';
export const stop = (runner: string): string => runner;
export type Other = Facet;
`;

    expect(nameThatTurned(text, { 'runner: string': 'runner: string & Facet' })).toBe(undefined);
  });
});
