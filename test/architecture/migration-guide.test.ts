import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runnerTable } from '../../scripts/migration-guide/runner-table.js';

const root = join(import.meta.dirname, '../..');

describe('the migration guide', () => {
  it('has every method as the codemods migrate it: run this file with -u to write it anew', async () => {
    await expect(await runnerTable(root)).toMatchFileSnapshot('../../docs/migration-guide/methods.md');
  }, 120_000);
});
