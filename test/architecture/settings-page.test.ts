import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

const listed = [...read('docs/reference/settings.md').matchAll(/^\| `([A-Z_0-9]+)`/gm)].map(
  ([, name]) => name,
);

it('lists every setting that the server reads, and no other', () => {
  const general = [...read('src/settings.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name);
  const onAws = [...read('src/providers/aws/read-config.ts').matchAll(/'(RUNVOY_AWS_[A-Z_0-9]+)'/g)].map(
    ([, name]) => name,
  );

  expect(general.length).toBeGreaterThan(10);
  expect(onAws.length).toBeGreaterThan(10);
  // The SDK reads the first two by itself; the others are read by the existing API's own main program alone.
  const shadow = ['REFACET_SHADOW_CONTROL', 'REFACET_SHADOW_SAMPLE', 'REFACET_SHADOW_OFF'];
  const others = ['AWS_REGION', 'AWS_ENDPOINT_URL', 'RUNNER', 'REFACET_DEPRECATION_WARNINGS', ...shadow];
  expect(listed.sort()).toEqual([...general, ...onAws, ...others].sort());
});
