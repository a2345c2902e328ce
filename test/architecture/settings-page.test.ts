import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

it('lists every setting that the server reads', () => {
  const known = [...read('src/settings.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1]);
  const listed = [...read('docs/reference/settings.md').matchAll(/^\| `([A-Z_]+)`/gm)].map(
    (match) => match[1],
  );

  expect(known.length).toBeGreaterThan(10);
  // The last two are read by the existing API's own main program alone.
  expect(listed.sort()).toEqual([...known, 'RUNNER', 'REFACET_DEPRECATION_WARNINGS'].sort());
});
