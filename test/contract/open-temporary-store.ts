import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

import { openStore } from '../../src/providers/local/open-store.js';
import { openValueCipher } from '../../src/providers/local/open-value-cipher.js';
import type { SqliteDatabase } from '../../src/providers/local/sqlite-database.js';
import type { ValueCipher } from '../../src/providers/local/value-cipher.js';

/** A store on real files, removed with its directory when the running test ends. */
export function openTemporaryStore(): { database: SqliteDatabase; cipher: ValueCipher; directory: string } {
  const directory = mkdtempSync(join(tmpdir(), 'refacet-store-'));
  const database = openStore(directory);
  onTestFinished(() => {
    database.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return { database, cipher: openValueCipher({ database, directory }), directory };
}
