import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reasons } from '../engine/reasons.js';
import { pagesAbout, reasonPage } from './reason-page.js';
import type { LeftAlone } from './left-alone.js';

const place = { path: 'src/jobs.ts', line: 1, column: 1 } as LeftAlone;

it('names each page once, and that of what blocks instead of that which says so', () => {
  const pages = pagesAbout([
    { ...place, reason: 'spied-member' },
    { ...place, reason: 'blocked-by', blockedBy: { ...place, reason: 'dynamic-member' } },
    { ...place, reason: 'dynamic-member' },
  ]);

  expect(pages).toEqual([
    'docs/migration-guide/reasons/dynamic-member.md',
    'docs/migration-guide/reasons/spied-member.md',
  ]);
});

it.each(reasons)('leads to a page that the package has: %s', (reason) => {
  expect(existsSync(join(import.meta.dirname, '../..', reasonPage(reason)))).toBe(true);
});
