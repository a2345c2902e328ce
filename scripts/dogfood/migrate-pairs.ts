import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { migrate, readConfiguration, terminalReport, writeFiles } from '../../codemods/index.js';
import { pairs } from './pairs.js';
import { relocate } from './relocate.js';

/** What the copy is made of: the program that is migrated, and what decides how its files are read and laid out. */
const copied = [
  'legacy',
  'src',
  'package.json',
  'refacet.config.json',
  'tsconfig.json',
  '.editorconfig',
  '.prettierrc.json',
];

/** A target and the text that belongs there. */
export interface MigratedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Makes the targets of all pairs anew, on a copy of the repository that has none of them. Nothing is written into the
 * repository.
 *
 * @throws Error when a use of the facade is left in a source: then there is no code to put into its target's place.
 */
export async function migratePairs(root: string): Promise<readonly MigratedFile[]> {
  const copy = mkdtempSync(join(tmpdir(), 'refacet-dogfood-'));
  try {
    for (const path of copied) cpSync(join(root, path), join(copy, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
    for (const { to } of pairs) rmSync(join(copy, to), { force: true });

    const { changes, report } = await migrate(readConfiguration(copy, {}), {
      scope: pairs.map(({ from }) => from),
    });
    if (report.leftAlone.length > 0) throw new Error(terminalReport(report));
    writeFiles(copy, changes);

    return await Promise.all(
      pairs.map(async (pair) => {
        const text = relocate(readFileSync(join(copy, pair.from), 'utf8'), pair, pairs);
        return { path: pair.to, text: await layOut(copy, pair.to, text) };
      }),
    );
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** A list of imports may fit into one line now that its specifier is shorter. */
async function layOut(root: string, path: string, text: string): Promise<string> {
  const filepath = join(root, path);
  return format(text, { ...(await resolveConfig(filepath, { editorconfig: true })), filepath });
}
