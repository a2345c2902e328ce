import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { migratePairs, type MigratedFile } from '../../scripts/dogfood/migrate-pairs.js';
import { pairs } from '../../scripts/dogfood/pairs.js';
import { relocate } from '../../scripts/dogfood/relocate.js';

const root = join(import.meta.dirname, '../..');

describe('the pairs', () => {
  it('are every file through which a Runner passes', () => {
    const sources = ['legacy/api', 'legacy/orchestrator'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
    );

    expect(pairs.map(({ from }) => from).sort()).toEqual(sources.sort());
  });

  it('keep the folder and the name of a file', () => {
    for (const { from, to } of pairs) expect(to).toBe(from.replace(/^legacy\//, 'src/'));
  });
});

describe('the code after the migration', () => {
  let migrated: readonly MigratedFile[];

  beforeAll(async () => {
    migrated = await migratePairs(root);
  }, 120_000);

  it.each(pairs)('$to is what the codemods make of $from: `npm run dogfood` writes it anew', ({ to }) => {
    const { text } = migrated.find(({ path }) => path === to) ?? {};

    expect(readFileSync(join(root, to), 'utf8')).toBe(text);
  });
});

describe('a file that moves', () => {
  const list = [
    { from: 'old/api/routes.ts', to: 'new/api/routes.ts' },
    { from: 'old/service.ts', to: 'new/service.ts' },
  ];
  const move = (text: string): string =>
    relocate(text, { from: 'old/api/routes.ts', to: 'new/api/routes.ts' }, list);

  it('leads to the files that move with it at their new places', () => {
    expect(move(`import { a } from '../service.js';\n`)).toBe(`import { a } from '../service.js';\n`);
  });

  it('leads to all other files where they are', () => {
    expect(move(`import { a } from '../kept.js';\nexport * from "../../new/api/there.js";\n`)).toBe(
      `import { a } from '../../old/kept.js';\nexport * from "./there.js";\n`,
    );
  });

  it('leads there from dynamic imports and types as well', () => {
    expect(move(`type A = import('../kept.js').A;\nawait import('../kept.js');\n`)).toBe(
      `type A = import('../../old/kept.js').A;\nawait import('../../old/kept.js');\n`,
    );
  });

  it('keeps everything else: packages, and text that looks like a specifier', () => {
    const text = `import ts from 'typescript';\n// from '../kept.js'\nconst path = '../kept.js';\n`;

    expect(move(text)).toBe(text);
  });
});
