import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix } from 'node:path';
import { ts } from 'ts-morph';
import { isJavaScript } from '../javascript-files.js';
import { toAbsolutePath } from '../project-path.js';
import { UsageError } from '../usage-error.js';
import { joinOptions } from './join-options.js';
import { readTsconfig, type Tsconfig } from './read-tsconfig.js';
import { relatedSources } from './related-sources.js';
import { treeFiles, type TreeFiles } from './tree-files.js';
import { workspacePackages, type WorkspacePackage } from './workspace-packages.js';

/** The files of a project and what each of them is compiled with. */
export interface ProjectSettings {
  readonly options: ts.CompilerOptions;
  readonly fileNames: readonly string[];
  /** The tsconfigs that the files are from. */
  readonly configs: readonly Tsconfig[];
  readonly packages: readonly WorkspacePackage[];
  /** Whether files have settings of their own, or packages of the tree import each other. */
  readonly isSeveral: boolean;
  /** The settings of the nearest tsconfig that lists a file, or lies above it. */
  optionsFor(path: string): ts.CompilerOptions;
}

export interface SettingsInput {
  readonly root: string;
  /** The only tsconfig to read, with those that it refers to; without it, all of the tree. */
  readonly tsconfig?: string | undefined;
  readonly facade?: string | undefined;
}

/** Names of folders with code that is data of somebody's tests. */
const data = /\/(?:__)?(?:test-?)?(?:fixtures?|testdata|snapshots?)(?:__)?\//i;

/**
 * Reads the settings of the project: the tsconfig that is named, or that of the root and those of the packages in the
 * tree, with everything else that uses their code: tests and scripts that no tsconfig lists, or one of their own.
 */
export function readSettings({ root, tsconfig, facade }: SettingsInput): ProjectSettings {
  const folder = toAbsolutePath(root, '.');
  const path = toAbsolutePath(root, tsconfig ?? 'tsconfig.json');
  const main = closure([path]);
  const [problem] = main.flatMap((one) => (one.problem === undefined ? [] : [one]));
  if (problem !== undefined) {
    throw new UsageError(
      `${problem.path} cannot be used: ${problem.problem ?? ''}. Mend it, or name another one with --project.`,
    );
  }
  const tree = tsconfig === undefined ? treeFiles(folder) : undefined;
  const inTree = tree === undefined ? [] : closure(packageConfigs(folder, tree, main));
  const configs = [...main, ...inTree.filter((one) => !main.some((known) => known.path === one.path))].filter(
    ({ fileNames }) => fileNames.length > 0,
  );
  if (configs.length === 0) {
    const why = main.length > 0 ? 'it lists no files' : 'there is no such file';
    throw new UsageError(`${path} cannot be used: ${why}. Name another one with --project.`);
  }
  const packages = workspacePackages(tree?.manifests ?? [], (one) => ts.sys.readFile(one));
  return combine({ root, folder, facade, tree, configs, packages });
}

/** A configuration with all that it refers to, each once. */
function closure(paths: readonly string[]): readonly Tsconfig[] {
  const found = new Map<string, Tsconfig>();
  const read = (path: string): void => {
    const config = found.has(path) ? undefined : readTsconfig(path);
    if (config === undefined) return;
    found.set(path, config);
    config.references.forEach(read);
  };
  paths.forEach(read);
  return [...found.values()];
}

/** The tsconfigs of the packages of a workspace; all that there are where the root's says nothing. */
function packageConfigs(root: string, tree: TreeFiles, main: readonly Tsconfig[]): readonly string[] {
  const mains = tree.tsconfigs.filter((path) => path.endsWith('/tsconfig.json') && !data.test(path));
  if (!main.some(({ fileNames }) => fileNames.length > 0)) return mains;
  const isWorkspace =
    ts.sys.fileExists(`${root}/pnpm-workspace.yaml`) ||
    ts.sys.fileExists(`${root}/lerna.json`) ||
    /"workspaces"\s*:/.test(ts.sys.readFile(`${root}/package.json`) ?? '');
  const folders = new Set(tree.manifests.map((path) => posix.dirname(path)));
  return isWorkspace ? mains.filter((path) => folders.has(posix.dirname(path))) : [];
}

interface Parts {
  readonly root: string;
  readonly folder: string;
  readonly facade: string | undefined;
  readonly tree: TreeFiles | undefined;
  readonly configs: readonly Tsconfig[];
  readonly packages: readonly WorkspacePackage[];
}

function combine({ root, folder, facade, tree, configs, packages }: Parts): ProjectSettings {
  const defaults = defaultsOf(root);
  const settled = ({ options }: Tsconfig): ts.CompilerOptions => known(options, defaults);
  const listed = [...new Set(configs.flatMap(({ fileNames }) => fileNames))];
  const loose =
    tree === undefined ? [] : looseSources(tree, listed, configs).filter((path) => !data.test(path));
  const others = loose.length === 0 ? [] : otherConfigs(tree, configs);
  const optionsFor = (path: string): ts.CompilerOptions => {
    const config =
      ownerOf(path, configs) ?? ownerOf(path, others) ?? nearestTo(path, [...configs, ...others]);
    return config === undefined ? joined() : settled(config);
  };
  const cache = new Map<ts.CompilerOptions, ts.ModuleResolutionHost>();
  const related = relatedSources({
    sources: loose,
    known: listed,
    packages: [...packages.map(({ name }) => name), ...(facade === undefined ? [] : [packageOf(facade)])],
    readText: (path) => ts.sys.readFile(path),
    resolve(specifier, from) {
      const options = optionsFor(from);
      if (options.paths === undefined && !('baseUrl' in options)) return undefined;
      const host = cache.get(options) ?? ts.createCompilerHost(options);
      cache.set(options, host);
      return ts.resolveModuleName(specifier, from, options, host).resolvedModule?.resolvedFileName;
    },
  });
  const used = [
    ...configs,
    ...others.filter(({ fileNames }) => related.some((path) => fileNames.includes(path))),
  ];
  const ambient = used.flatMap(({ fileNames }) => fileNames.filter((path) => /\.d\.[cm]?ts$/.test(path)));
  const options = joinOptions([...new Set(used.map(settled))]);
  // The root's own name leads the compiler to its sources by itself.
  const inner = packages.filter((one) => one.folder !== folder);
  const hasJavaScript = related.some((path) => isJavaScript(path));
  return {
    options: hasJavaScript ? { ...options, allowJs: true } : options,
    fileNames: [...new Set([...listed, ...ambient, ...related])].sort(),
    configs: used,
    packages: inner,
    isSeveral: used.length > 1 || inner.length > 0,
    optionsFor,
  };

  function joined(): ts.CompilerOptions {
    return joinOptions(configs.map(settled));
  }
}

/** Sources that no tsconfig lists and no build has written. */
function looseSources(
  { sources }: TreeFiles,
  listed: readonly string[],
  configs: readonly Tsconfig[],
): readonly string[] {
  const known = new Set(listed);
  const built = configs.flatMap(({ options }) => [options.outDir, options.declarationDir]);
  return sources.filter(
    (path) => !known.has(path) && !built.some((one) => one !== undefined && path.startsWith(`${one}/`)),
  );
}

/** The tsconfigs that nothing has led to, `tsconfig.test.json` for example. Broken ones are nobody's. */
function otherConfigs(tree: TreeFiles | undefined, known: readonly Tsconfig[]): readonly Tsconfig[] {
  const paths = tree?.tsconfigs.filter((path) => !known.some((one) => one.path === path) && !data.test(path));
  return closure(paths ?? []).filter(({ problem }) => problem === undefined);
}

/** The tsconfig that lists a file and lies nearest to it. */
function ownerOf(path: string, configs: readonly Tsconfig[]): Tsconfig | undefined {
  const listing = configs.filter(({ fileNames }) => setOf(fileNames).has(path));
  return listing.reduce<Tsconfig | undefined>(deeper, undefined);
}

function nearestTo(path: string, configs: readonly Tsconfig[]): Tsconfig | undefined {
  const above = configs.filter((one) => path.startsWith(`${posix.dirname(one.path)}/`));
  return above.reduce<Tsconfig | undefined>(deeper, undefined);
}

function deeper(one: Tsconfig | undefined, other: Tsconfig): Tsconfig {
  if (one === undefined) return other;
  return posix.dirname(other.path).length > posix.dirname(one.path).length ? other : one;
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(names: readonly string[]): ReadonlySet<string> {
  const found = sets.get(names) ?? new Set(names);
  sets.set(names, found);
  return found;
}

const settledOptions = new WeakMap<ts.CompilerOptions, ts.CompilerOptions>();

/** The options as the engine uses them; the same object for the same tsconfig. */
function known(options: ts.CompilerOptions, defaults: ts.CompilerOptions): ts.CompilerOptions {
  const found = settledOptions.get(options) ?? { ...defaults, ...options, ...fixedOptions };
  settledOptions.set(options, found);
  return found;
}

function packageOf(facade: string): string {
  return facade.split('#')[0] ?? '';
}

const fixedOptions: ts.CompilerOptions = {
  noEmit: true,
  skipLibCheck: true,
  incremental: false,
  composite: false,
  // `moduleResolution: node` and the like are no error of the project's.
  ignoreDeprecations: '6.0',
};

/** TypeScript 6 changed defaults. A configuration that was written for an older compiler means the old ones. */
function defaultsOf(root: string): ts.CompilerOptions {
  const major = Number(installedTypeScript(root)?.split('.')[0] ?? '6');
  return major < 6 ? { strict: false, types: ['*'] } : {};
}

function installedTypeScript(root: string): string | undefined {
  try {
    const path = createRequire(join(root, 'package.json')).resolve('typescript/package.json');
    return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
  } catch {
    // No compiler installed: the bundled one's defaults are as good as any.
    return undefined;
  }
}
