import { readdirSync } from 'node:fs';
import { posix } from 'node:path';

/** The files below the root that say what its projects are, and the source files that a program might leave out. */
export interface TreeFiles {
  /** From the root downwards; in each folder `tsconfig.json` first. */
  readonly tsconfigs: readonly string[];
  readonly manifests: readonly string[];
  readonly sources: readonly string[];
}

/** What other people's tools write or install; nobody edits it. */
const foreign: ReadonlySet<string> = new Set(['node_modules', 'dist', 'build', 'out', 'coverage']);

/** Lists the tree below a folder. Links are not followed: what they lead to stands elsewhere. */
export function treeFiles(root: string): TreeFiles {
  const tsconfigs: string[] = [];
  const manifests: string[] = [];
  const sources: string[] = [];
  let folders = [root];
  // Level by level, so that what lies nearer to the root comes first.
  while (folders.length > 0) folders = folders.flatMap(readFolder);
  return { tsconfigs, manifests, sources };

  function readFolder(folder: string): readonly string[] {
    const inner: string[] = [];
    const configs: string[] = [];
    for (const entry of entriesOf(folder)) {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!foreign.has(entry.name) && !entry.name.startsWith('.')) inner.push(path);
      } else if (!entry.isFile()) continue;
      else if (entry.name === 'package.json') manifests.push(path);
      else if (/^[jt]sconfig(\.[\w.-]+)?\.json$/.test(entry.name)) configs.push(path);
      else if (/\.[cm]?[jt]sx?$/.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name)) sources.push(path);
    }
    const isMain = (path: string): boolean => path.endsWith('/tsconfig.json');
    tsconfigs.push(...configs.filter(isMain), ...configs.filter((path) => !isMain(path)).sort());
    return inner.sort();
  }
}

function entriesOf(folder: string): readonly { name: string; isDirectory(): boolean; isFile(): boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be read holds nothing that could be migrated.
    return [];
  }
}
