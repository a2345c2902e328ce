import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undoWrite } from '../../codemods/index.js';
import { hasUnfinishedWrite } from '../../codemods/engine/writing/undo-write.js';

const built = pathToFileURL(join(import.meta.dirname, '../../dist/codemods/index.js')).href;
const names = Array.from({ length: 150 }, (_none, index) => `file-${index}.ts`);

/** Writes all files of the working directory anew, as a migration does. */
const script = `
import { writeFiles } from ${JSON.stringify(built)};
import { join } from 'node:path';
const root = process.cwd();
const names = ${JSON.stringify(names)};
writeFiles(root, names.map((name) => ({ path: join(root, name), before: name, after: name + ' migrated' })));
`;

describe('a run that is killed while it writes', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'refacet-killed-'));
    for (const name of names) writeFileSync(join(root, name), name);
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const migratedFiles = (): readonly string[] =>
    names.filter((name) => {
      const text = readFileSync(join(root, name), 'utf8');
      expect([name, `${name} migrated`]).toContain(text);
      return text !== name;
    });

  /** Runs the script and kills it as soon as something is there. */
  const killWhen = async (isThere: () => boolean): Promise<void> => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: root });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    while (child.exitCode === null && !isThere()) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGKILL');
    await ended;
  };

  it('has written nothing while it prepares', async () => {
    await killWhen(() => existsSync(join(root, '.refacet-migrate/1/new/20')));

    // Slow machines come too late: then it is as in the other test.
    if (existsSync(join(root, '.refacet-migrate/journal.json'))) undoWrite(root);
    expect(migratedFiles()).toEqual([]);
  }, 60_000);

  it('leaves what can be put back byte for byte once files are replaced', async () => {
    await killWhen(() => readFileSync(join(root, 'file-0.ts'), 'utf8') !== 'file-0.ts');

    if (!hasUnfinishedWrite(root)) expect(migratedFiles()).toEqual(names);
    expect(undoWrite(root).left).toEqual([]);
    expect(migratedFiles()).toEqual([]);
  }, 60_000);
});
