import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

// This file imports nothing of the project: tools that change sources on purpose must still be able to run it alone.

const folder = join(import.meta.dirname, '../../legacy/aws-runner');
const frozenAt = 'e6ce8555ed4b9447ac50f9d5b6cfee38853c780966437070bbdc4f98f55cfa67';

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
