import { posix } from 'node:path';
import { ts } from 'ts-morph';

export interface RelatedInput {
  /** Files that may be outside of every tsconfig. */
  readonly sources: readonly string[];
  /** What the tsconfigs list. */
  readonly known: readonly string[];
  /** Modules that lead into the project or to the facade: names of packages. */
  readonly packages: readonly string[];
  readText(path: string): string | undefined;
  /** What an alias of a file's own settings leads to; `undefined` for a package. */
  resolve(specifier: string, from: string): string | undefined;
}

/**
 * Source files that no tsconfig lists and that have to do with those which one does: tests that are run and never
 * compiled, scripts. Whoever changes a function has to change them as well.
 */
export function relatedSources(input: RelatedInput): readonly string[] {
  const known = new Set(input.known.map(bare));
  const listed = new Set(input.known);
  const loose = input.sources.filter((path) => !listed.has(path));
  const specifiers = new Map<string, readonly string[]>();
  const specifiersOf = (path: string): readonly string[] => {
    const read = specifiers.get(path) ?? specifiersIn(input.readText(path) ?? '');
    specifiers.set(path, read);
    return read;
  };
  const found = new Set<string>();
  const byName = new Map(loose.map((path) => [bare(path), path]));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const path of loose) {
      if (!found.has(path) && specifiersOf(path).some((one) => isKnown(one, path))) include(path);
    }
  }
  return [...found];

  function include(path: string): void {
    if (found.has(path)) return;
    found.add(path);
    known.add(bare(path));
    // What it is made of is edited with it.
    for (const specifier of specifiersOf(path).filter((one) => one.startsWith('.'))) {
      const target = byName.get(pathOf(specifier, path));
      if (target !== undefined) include(target);
    }
  }

  function isKnown(specifier: string, from: string): boolean {
    if (!specifier.startsWith('.')) {
      const isOwn = input.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
      const target = isOwn ? undefined : input.resolve(specifier, from);
      return isOwn || (target !== undefined && known.has(bare(target)));
    }
    const target = pathOf(specifier, from);
    return known.has(target) || known.has(posix.join(target, 'index'));
  }
}

function pathOf(specifier: string, from: string): string {
  return bare(posix.join(posix.dirname(from), specifier));
}

function bare(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '');
}

function specifiersIn(text: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName }) => fileName);
}
