import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { FacadeLocation } from '../facade/locate-facade.js';
import { publicEntryPaths } from '../public-api/entry-points.js';
import { resolveModule } from '../resolve-module.js';
import { filesInReach, type Reach } from './files-in-reach.js';
import { speaksToEverybody } from './for-everybody.js';
import { specifiersIn } from './importers.js';
import { readModuleFacts } from './module-facts.js';
import { outerImports } from './outer-imports.js';
import { seedNames } from './seed-names.js';

/** The part of a project that has to be read. */
export interface NeededFiles {
  readonly reach: Reach;
  /** What a program has to begin with; it reads what these import by itself. */
  readonly roots: readonly string[];
  /** Modules that stand for what the other files import from outside, by path. */
  readonly outer: ReadonlyMap<string, string>;
}

export interface NeededFilesInput {
  readonly root: string;
  readonly options: ts.CompilerOptions;
  readonly fileNames: readonly string[];
  readonly location: FacadeLocation;
  readonly host: ts.CompilerHost;
  readonly textOf: (path: string) => string;
  readonly readText: (path: string) => string | undefined;
  /** Parses files as the program will, and keeps them for it. */
  readonly parse: (paths: readonly string[]) => ReadonlyMap<string, ts.SourceFile>;
  /** Beyond so great a part of the files, everything is. */
  readonly greatestPart: number;
  /** Texts that somebody looks into for another reason. */
  readonly isWantedBesides: (text: string) => boolean;
}

/** Finds out what has to be read to know every use of the source; `undefined` when that is everything. */
export function neededFiles(input: NeededFilesInput): NeededFiles | undefined {
  const { fileNames, location, options, host, textOf, greatestPart } = input;
  const own = new Set(fileNames);
  if (location.kind === 'source' && !own.has(location.file)) return undefined;
  const cache = ts.createModuleResolutionCache(host.getCurrentDirectory(), (path) => path, options);
  const known = new Map<string, string | undefined>();
  const resolve = (specifier: string, from: string): string | undefined => {
    const key = `${posix.dirname(from)} ${posix.extname(from)} ${specifier}`;
    if (!known.has(key)) known.set(key, resolveModule(specifier, from, options, host, cache));
    return known.get(key);
  };
  const published = location.kind === 'published' ? modulesOfPackage(location, textOf, resolve) : [];
  const reach = filesInReach({
    paths: [...fileNames, ...published],
    textOf,
    resolve,
    names: seedNames(location, textOf),
    limit: fileNames.length * greatestPart,
    readFacts: (paths) =>
      new Map([...input.parse(paths)].map(([path, file]) => [path, readModuleFacts(file)])),
  });
  if (reach === undefined) return undefined;
  const entries = new Set(publicEntryPaths(input));
  const isRoot = (path: string): boolean =>
    reach.files.has(path) ||
    entries.has(path) ||
    input.isWantedBesides(textOf(path)) ||
    speaksToEverybody(path, textOf(path));
  const roots = fileNames.filter(isRoot);
  if (roots.length > fileNames.length * greatestPart) return undefined;
  const isRead = new Set(roots);
  const outer = outerImports({
    paths: fileNames.filter((path) => !isRead.has(path)),
    textOf,
    resolve,
    isOwn: (path) => own.has(path),
    isPackageFolder: (folder) => input.readText(`${folder}/package.json`) !== undefined,
  });
  return { reach, roots, outer };
}

/** The modules of a published facade's package that its entries lead to. */
function modulesOfPackage(
  { file, modules }: Extract<FacadeLocation, { kind: 'published' }>,
  textOf: (path: string) => string,
  resolve: (specifier: string, from: string) => string | undefined,
): readonly string[] {
  const found = new Set([file, ...modules]);
  for (const path of found) {
    for (const specifier of specifiersIn(textOf(path))) {
      const target = specifier.startsWith('.') ? resolve(specifier, path) : undefined;
      if (target !== undefined) found.add(target);
    }
  }
  return [...found];
}
