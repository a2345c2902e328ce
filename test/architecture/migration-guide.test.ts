import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withFixtureDiffs } from '../../scripts/migration-guide/fixture-diffs.js';
import { runnerTable } from '../../scripts/migration-guide/runner-table.js';

const root = join(import.meta.dirname, '../..');

/** Run this file with -u to write anew what it compares. */
describe('the migration guide', () => {
  it('has every method as the codemods migrate it', async () => {
    await expect(await runnerTable(root)).toMatchFileSnapshot('../../docs/migration-guide/methods.md');
  }, 120_000);

  it('shows what the codemods do to fixtures as their tests have it', async () => {
    const path = join(root, 'docs/migration-guide/phase-2-migrate.md');

    const page = withFixtureDiffs(readFileSync(path, 'utf8'), join(root, 'test/fixtures/projects'));

    await expect(page).toMatchFileSnapshot(path);
  });
});
