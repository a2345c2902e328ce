import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ts } from 'ts-morph';
import { bundledLibrary, bundledLibraryFolder } from './bundled-libraries.js';
import { locateFacade, type FacadeLocation } from './facade/locate-facade.js';
import type { FacadeLookup } from './facade/facade-lookup.js';
import type { OnProgress } from './progress.js';
import { toAbsolutePath } from './project-path.js';
import type { Cause } from './reasons.js';
import { resolveModule } from './resolve-module.js';
import { UsageError } from './usage-error.js';
import { writeObstacle } from './write-obstacle.js';

/** The files and settings of a project, and a program over them. One program is alive at a time. */
export interface Project {
  readonly root: string;
  readonly options: ts.CompilerOptions;
  readonly fileNames: readonly string[];
  readonly program: ts.Program;
  /** The facade that the project was opened for. */
  readonly facade?: FacadeLocation | undefined;
  /** Why a file on the disk must not be written, besides what its text says. */
  writeObstacle?(path: string): Cause | undefined;
  /** A second program over the same files, some of them with another text. Unchanged files are not parsed again. */
  withTexts(texts: ReadonlyMap<string, string>): ts.Program;
  /** The text of any file of the project, a manifest for example; `undefined` when there is none. */
  readText(path: string): string | undefined;
}

/** Where the project is. `tsconfig` is relative to `root`; without it, `tsconfig.json` of the root. */
export interface ProjectOptions {
  readonly root: string;
  readonly tsconfig?: string | undefined;
  /** The facade, as a person names it; one that comes from a package becomes part of the program. */
  readonly facade?: string | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** Reads the project's configuration and builds a program over all of its files. */
export function openProject({
  root,
  tsconfig = 'tsconfig.json',
  facade,
  onProgress,
}: ProjectOptions): Project {
  const configPath = toAbsolutePath(root, tsconfig);
  const { options, fileNames } = readTsconfig(configPath, root);
  const location = facade === undefined ? undefined : locateFacade(facade, lookupOf(root, options));
  const rootNames =
    location?.kind === 'published' ? [...fileNames, location.file, ...location.modules] : fileNames;
  const parsed = new Map<string, ts.SourceFile>();
  const own = new Set(fileNames);
  let done = 0;
  const onRead = (path: string): void => {
    if (own.has(path)) onProgress?.({ phase: 'reading', done: (done += 1), total: own.size, path });
  };
  const host = createHost({ options, own, parsed, onRead });
  const program = ts.createProgram({ rootNames, options, host });
  return {
    root,
    options,
    fileNames,
    program,
    facade: location,
    writeObstacle: (path) => writeObstacle(root, path),
    withTexts(texts) {
      const known = new Map([...parsed].filter(([path]) => !texts.has(path)));
      return ts.createProgram({
        rootNames,
        options,
        host: createHost({ options, own, parsed: known, texts }),
        // What imports what was found out once, and is asked again only for the files that changed.
        oldProgram: program,
      });
    },
    readText: (path) => (ts.sys.fileExists(path) ? ts.sys.readFile(path) : undefined),
  };
}

function lookupOf(root: string, options: ts.CompilerOptions): FacadeLookup {
  const host = ts.createCompilerHost(options);
  return {
    root: toAbsolutePath(root, '.'),
    readFile: (path) => (host.fileExists(path) ? host.readFile(path) : undefined),
    resolveModule: (specifier, from) => resolveModule(specifier, from, options, host),
  };
}

function readTsconfig(
  configPath: string,
  root: string,
): { options: ts.CompilerOptions; fileNames: readonly string[] } {
  const problems: string[] = [];
  const visited = new Set<string>();
  const files = new Set<string>();
  let options: ts.CompilerOptions | undefined;

  const read = (path: string): void => {
    if (visited.has(path)) return;
    visited.add(path);
    const config = ts.getParsedCommandLineOfConfigFile(
      path,
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: (diagnostic) =>
          problems.push(ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')),
      },
    );
    if (config === undefined) return;
    const broken =
      ts.readConfigFile(path, (file) => ts.sys.readFile(file)).error ?? config.errors.find(isBroken);
    if (broken !== undefined) {
      const why = ts.flattenDiagnosticMessageText(broken.messageText, ' ').replace(/\.$/, '');
      throw new UsageError(`${path} cannot be used: ${why}. Mend it, or name another one with --project.`);
    }
    // A solution file holds nothing itself; its first project with files decides the settings.
    if (config.fileNames.length > 0) options ??= config.options;
    for (const file of config.fileNames) files.add(file);
    for (const reference of config.projectReferences ?? []) {
      read(ts.resolveProjectReferencePath(reference).split('\\').join('/'));
    }
  };
  read(configPath);

  if (options === undefined) {
    const why = problems.length > 0 ? problems.join('; ').replace(/\.$/, '') : 'it lists no files';
    throw new UsageError(`${configPath} cannot be used: ${why}. Name another one with --project.`);
  }
  return { options: { ...defaultsOf(root), ...options, ...fixedOptions }, fileNames: [...files].sort() };
}

/** A file that is extended and cannot be read, or is no JSON. Options that nobody knows are no reason to stop. */
function isBroken({ code, category }: ts.Diagnostic): boolean {
  return category === ts.DiagnosticCategory.Error && (code < 2000 || code === 5083 || code === 6053);
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

interface HostOptions {
  readonly options: ts.CompilerOptions;
  /** Files that are known to be there: asking the disk for each of them again would take long. */
  readonly own: ReadonlySet<string>;
  readonly parsed: Map<string, ts.SourceFile>;
  readonly texts?: ReadonlyMap<string, string>;
  readonly onRead?: (path: string) => void;
}

function createHost({ options, own, parsed, texts, onRead }: HostOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const readFile = (path: string): string | undefined =>
    texts?.get(path) ?? bundledLibrary(path) ?? host.readFile(path);
  return {
    ...host,
    jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors,
    getDefaultLibLocation: () => bundledLibraryFolder,
    getDefaultLibFileName: (compilerOptions) =>
      join(bundledLibraryFolder, ts.getDefaultLibFileName(compilerOptions)).split('\\').join('/'),
    fileExists: (path) => own.has(path) || bundledLibrary(path) !== undefined || host.fileExists(path),
    readFile,
    getSourceFile(path, languageVersion) {
      const known = parsed.get(path);
      if (known !== undefined) return known;
      onRead?.(path);
      const text = readFile(path);
      if (text === undefined) return undefined;
      const file = ts.createSourceFile(path, text, languageVersion);
      parsed.set(path, file);
      return file;
    },
  };
}

/** The folder of the nearest `tsconfig.json` or `package.json` upwards; used where no configuration names a root. */
export function findUpwards(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (ts.sys.fileExists(join(folder, name))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
