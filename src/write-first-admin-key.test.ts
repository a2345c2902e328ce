import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFirstAdminKey } from './write-first-admin-key.js';

describe('the file with the key of the first admin', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'refacet-key-'));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('can be read by its owner only, in a directory that is made if need be', async () => {
    const path = await writeFirstAdminKey(join(directory, 'state'), 'the-key');

    expect(readFileSync(path, 'utf8')).toBe('the-key\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('takes the place of an open one, and follows no link', async () => {
    const elsewhere = join(directory, 'elsewhere');
    writeFileSync(elsewhere, 'untouched', { mode: 0o644 });
    symlinkSync(elsewhere, join(directory, 'first-admin-key'));

    const path = await writeFirstAdminKey(directory, 'the-key');

    expect(readFileSync(elsewhere, 'utf8')).toBe('untouched');
    expect(readFileSync(path, 'utf8')).toBe('the-key\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
