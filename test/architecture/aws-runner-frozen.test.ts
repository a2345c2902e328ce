import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

// This file imports nothing of the project: tools that change sources on purpose must still be able to run it alone.

const folder = join(import.meta.dirname, '../../legacy/aws-runner');
const frozenAt = '18cb51e518332059aa44fb7a2bde5652d26e0a58bae9e56444970c0abe486f28';

it('keeps the monolith as it is', () => {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith('.test.ts')) continue;
    const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${name}\0${text}\0`);
  }
  const message =
    'legacy/aws-runner is what every equivalence test compares with, so it is never edited. ' +
    'If it is wrong about the original, say so in docs/decisions and pin the new hash here.';
  expect(hash.digest('hex'), message).toBe(frozenAt);
});
