import { dirname, join, parse } from 'node:path';
import { ts } from 'ts-morph';
import { bundledLibrary, bundledLibraryFolder } from './bundled-libraries.js';
import { locateFacade, type FacadeLocation } from './facade/locate-facade.js';
import type { FacadeLookup } from './facade/facade-lookup.js';
import type { OnProgress } from './progress.js';
import { toAbsolutePath } from './project-path.js';
import type { Cause } from './reasons.js';
import { neededFiles, type NeededFiles } from './reach/needed-files.js';
import type { Reach } from './reach/files-in-reach.js';
import { resolveModule } from './resolve-module.js';
import { moduleResolver } from './settings/module-resolver.js';
import { readSettings, type ProjectSettings } from './settings/project-settings.js';
import { parseFiles } from './reach/parse-files.js';
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
  /** The files that may hold the source, and the names that lead to it. Missing where any file may. */
  readonly reach?: Reach | undefined;
  /** The program over some more of the project's files than it has read. */
  withFiles?(paths: readonly string[]): ts.Program;
}

/** Where the project is. `tsconfig` is relative to `root`; without it, all that the tree has. */
export interface ProjectOptions {
  readonly root: string;
  readonly tsconfig?: string | undefined;
  /** The facade, as a person names it; one that comes from a package becomes part of the program. */
  readonly facade?: string | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Reads everything if missing. */
  readonly selection?: Selection | undefined;
}

/** Which part of a project is read: what may hold the source, and what that imports. */
export interface Selection {
  /** Projects with fewer files are read as a whole: finding out would take as long. */
  readonly fewestFiles: number;
  /** Where a greater part of the files is needed, all are read. */
  readonly greatestPart: number;
  /** Texts that somebody looks into for another reason. */
  isWantedBesides(text: string): boolean;
}

/** Reads the project's configuration and builds a program over its files. */
export function openProject({ root, tsconfig, facade, onProgress, selection }: ProjectOptions): Project {
  const settings = readSettings({ root, tsconfig, facade });
  // Where a build puts its files says nothing about a tree of several projects.
  const options = { ...settings.options, rootDir: parse(toAbsolutePath(root, '.')).root };
  const { fileNames } = settings;
  const location = facade === undefined ? undefined : locateFacade(facade, lookupOf(root, options));
  const parsed = new Map<string, ts.SourceFile>();
  const own = new Set(fileNames);
  const texts = new Map<string, string>();
  let done = 0;
  const onRead = (path: string): void => {
    if (own.has(path)) onProgress?.({ phase: 'reading', done: (done += 1), total: own.size, path });
  };
  const readText = (path: string): string | undefined =>
    texts.get(path) ?? (ts.sys.fileExists(path) ? ts.sys.readFile(path) : undefined);
  const shared = { settings, own, parsed, texts };
  const host = createHost({ ...shared, onRead });
  const textOf = (path: string): string => {
    const known = texts.get(path) ?? host.readFile(path) ?? '';
    texts.set(path, known);
    return known;
  };
  const needed =
    selection === undefined ||
    location === undefined ||
    fileNames.length < selection.fewestFiles ||
    // Where files have settings of their own, what a name leads to is for the program to say.
    settings.isSeveral
      ? undefined
      : neededFiles({
          ...{ root, options, fileNames, location, host, textOf, readText },
          parse: (paths) => parseFiles(paths, options, host),
          ...selection,
        });
  const rootNames = [
    ...(needed?.roots ?? fileNames),
    ...outerModules(needed, texts),
    ...(location?.kind === 'published' ? [location.file, ...location.modules] : []),
  ];
  const program = ts.createProgram({ rootNames, options, host });
  return {
    root,
    options: settings.options,
    fileNames: needed === undefined ? ownFilesIn(program, fileNames, toAbsolutePath(root, '.')) : fileNames,
    program,
    facade: location,
    reach: needed?.reach,
    writeObstacle: (path) => writeObstacle(root, path),
    withTexts(changed) {
      const known = new Map([...parsed].filter(([path]) => !changed.has(path)));
      return ts.createProgram({
        rootNames,
        options,
        host: createHost({ ...shared, parsed: known, texts: new Map([...texts, ...changed]) }),
        // What imports what was found out once, and is asked again only for the files that changed.
        oldProgram: program,
      });
    },
    withFiles: (paths) =>
      ts.createProgram({
        rootNames: [...rootNames, ...paths],
        options,
        host: createHost(shared),
        oldProgram: program,
      }),
    readText,
  };
}

/** What is listed, and what of the project it imports. */
function ownFilesIn(program: ts.Program, listed: readonly string[], root: string): readonly string[] {
  const imported = program
    .getSourceFiles()
    .filter(
      (file) =>
        !file.isDeclarationFile &&
        !program.isSourceFileFromExternalLibrary(file) &&
        file.fileName.startsWith(`${root}/`) &&
        !file.fileName.includes('/node_modules/'),
    );
  return [...new Set([...listed, ...imported.map(({ fileName }) => fileName)])].sort();
}

/** Puts the modules that stand for unread files among the texts, and names them. */
function outerModules(needed: NeededFiles | undefined, texts: Map<string, string>): readonly string[] {
  for (const [path, text] of needed?.outer ?? []) texts.set(path, text);
  return [...(needed?.outer.keys() ?? [])];
}

function lookupOf(root: string, options: ts.CompilerOptions): FacadeLookup {
  const host = ts.createCompilerHost(options);
  return {
    root: toAbsolutePath(root, '.'),
    readFile: (path) => (host.fileExists(path) ? host.readFile(path) : undefined),
    resolveModule: (specifier, from) => resolveModule(specifier, from, options, host),
  };
}

interface HostOptions {
  readonly settings: ProjectSettings;
  /** Files that are known to be there: asking the disk for each of them again would take long. */
  readonly own: ReadonlySet<string>;
  readonly parsed: Map<string, ts.SourceFile>;
  readonly texts?: ReadonlyMap<string, string>;
  readonly onRead?: (path: string) => void;
}

function createHost({ settings, own, parsed, texts, onRead }: HostOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(settings.options);
  const readFile = (path: string): string | undefined =>
    texts?.get(path) ?? bundledLibrary(path) ?? host.readFile(path);
  const resolveModuleNameLiterals = moduleResolver(settings, host);
  return {
    ...host,
    ...(resolveModuleNameLiterals === undefined ? {} : { resolveModuleNameLiterals }),
    jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors,
    getDefaultLibLocation: () => bundledLibraryFolder,
    getDefaultLibFileName: (compilerOptions) =>
      join(bundledLibraryFolder, ts.getDefaultLibFileName(compilerOptions)).split('\\').join('/'),
    fileExists: (path) =>
      own.has(path) ||
      texts?.has(path) === true ||
      bundledLibrary(path) !== undefined ||
      host.fileExists(path),
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
