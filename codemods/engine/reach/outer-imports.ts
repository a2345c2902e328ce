import { posix } from 'node:path';
import { specifiersIn } from './importers.js';

export interface OuterImportsInput {
  /** Files that are not read. */
  readonly paths: readonly string[];
  readonly textOf: (path: string) => string;
  /** The file that a specifier means, in the project or not. */
  readonly resolve: (specifier: string, from: string) => string | undefined;
  readonly isOwn: (path: string) => boolean;
  /** Whether a folder is one of a package's. */
  readonly isPackageFolder: (folder: string) => boolean;
}

/**
 * Modules that import what files that are not read import from outside of the project: packages bring globals with
 * them, and members of each other's types. One for each package of the project, where its packages are found.
 */
export function outerImports(input: OuterImportsInput): ReadonlyMap<string, string> {
  const { paths, textOf, resolve, isOwn } = input;
  const bySource = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const packages = new PackageFolders(input);
  for (const path of paths) {
    for (const specifier of specifiersIn(textOf(path))) {
      const isRelative = specifier.startsWith('.');
      const extension = /\.([cm]?)[jt]sx?$/.exec(path)?.[1] ?? '';
      const folder = isRelative ? posix.dirname(path) : packages.of(path);
      const key = `${folder}/${extension} ${specifier}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (isRelative && isOwn(sourceOf(posix.join(folder, specifier)))) continue;
      const target = resolve(specifier, path);
      if (target === undefined || isOwn(target)) continue;
      const source = `${folder}/refacet-outer-imports.${extension}ts`;
      bySource.set(source, (bySource.get(source) ?? new Set()).add(specifier));
    }
  }
  return new Map(
    [...bySource].map(([source, specifiers]) => [
      source,
      [...specifiers].map((one) => `import ${JSON.stringify(one)};\n`).join(''),
    ]),
  );
}

/** The source that a relative specifier most often means; anything else is asked for. */
function sourceOf(path: string): string {
  const withEnding = path.replace(/\.([cm]?)js$/, '.$1ts');
  return withEnding === path ? `${path}.ts` : withEnding;
}

class PackageFolders {
  readonly #known = new Map<string, string>();

  constructor(private readonly input: Pick<OuterImportsInput, 'isPackageFolder'>) {}

  of(path: string): string {
    const folder = posix.dirname(path);
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const answer =
      folder === path || this.input.isPackageFolder(folder) || posix.dirname(folder) === folder
        ? folder
        : this.of(folder);
    this.#known.set(folder, answer);
    return answer;
  }
}
