import { posix } from 'node:path';
import { ts } from 'ts-morph';
import { bundledLibrary, bundledLibraryFolder } from '../../codemods/engine/bundled-libraries.js';
import type { Project } from '../../codemods/engine/open-project.js';
import { neededFiles } from '../../codemods/engine/reach/needed-files.js';
import { parseFiles } from '../../codemods/engine/reach/parse-files.js';

/** Set to look only into what may hold the source, as in a large project; the outcome has to be the same. */
const readsPart = process.env['REFACET_READS'] === 'part';

/** Texts by absolute path. */
export type Files = ReadonlyMap<string, string>;

/** Where every project of the tests is; no such folder exists on disk. */
export const projectRoot = '/project';

const defaultOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  // One library file instead of a dozen with the DOM: most of the time of a small program goes there.
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

// Library files are the same in every program, and a bound one stays bound.
const libraries = new Map<string, ts.SourceFile>();

/** A project in memory, as the engine sees one on disk. Every source file in the map is a root, in the given order. */
export function inMemoryProject(
  files: Files,
  overrides: ts.CompilerOptions = {},
  order: 'ascending' | 'descending' = 'ascending',
  facade?: string,
): Project {
  const options = { ...defaultOptions, ...overrides };
  const fileNames = [...files.keys()]
    .filter((path) => isSource(path) && !path.includes('/node_modules/'))
    .sort();
  if (order === 'descending') fileNames.reverse();
  const parsed = new Map<string, ts.SourceFile>();
  const reach = readsPart && facade !== undefined ? reachOf(facade) : undefined;
  const build = (texts: Files, known: Map<string, ts.SourceFile>): ts.Program =>
    ts.createProgram({ rootNames: fileNames, options, host: hostOf(texts, known) });
  let latest: { readonly texts: Files; readonly program: ts.Program } | undefined;
  return {
    root: projectRoot,
    options,
    fileNames,
    reach,
    program: build(files, parsed),
    withTexts(texts) {
      // Who asks for what the engine has just verified gets the program with all that is known of it.
      if (latest !== undefined && areSame(latest.texts, texts)) return latest.program;
      const unchanged = new Map([...parsed].filter(([path]) => !texts.has(path)));
      const program = build(new Map([...files, ...texts]), unchanged);
      latest = { texts: new Map(texts), program };
      return program;
    },
    readText: (path) => files.get(path),
  };

  function reachOf(choice: string): Project['reach'] {
    const [path = '', name = ''] = choice.split('#');
    const host = hostOf(files, parsed);
    return neededFiles({
      ...{ root: projectRoot, options, fileNames, host, greatestPart: 1 },
      location: { kind: 'source', file: posix.join(projectRoot, path), name },
      textOf: (one) => files.get(one) ?? '',
      readText: (one) => files.get(one),
      parse: (paths) => parseFiles(paths, options, host),
      isWantedBesides: () => false,
    })?.reach;
  }
}

/** The errors of a program, one line each, without those of the libraries. */
export function errorsIn(program: ts.Program): readonly string[] {
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, code, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
    const path = file === undefined ? '' : posix.relative(projectRoot, file.fileName);
    return `${path}:${line} TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

function areSame(one: Files, other: Files): boolean {
  return one.size === other.size && [...one].every(([path, text]) => other.get(path) === text);
}

function isSource(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

function hostOf(files: Files, parsed: Map<string, ts.SourceFile>): ts.CompilerHost {
  const folders = new Set<string>();
  for (const path of files.keys()) {
    for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder)) {
      folders.add(folder);
    }
  }
  const readFile = (path: string): string | undefined => files.get(path) ?? bundledLibrary(path);
  return {
    getDefaultLibFileName: (options) => posix.join(bundledLibraryFolder, ts.getDefaultLibFileName(options)),
    getDefaultLibLocation: () => bundledLibraryFolder,
    getCurrentDirectory: () => projectRoot,
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => {
      throw new Error('nothing is emitted');
    },
    fileExists: (path) => readFile(path) !== undefined,
    directoryExists: (path) => folders.has(path) || path === bundledLibraryFolder,
    getDirectories: () => [],
    readFile,
    getSourceFile(path, languageVersion) {
      const cache = path.startsWith(bundledLibraryFolder) ? libraries : parsed;
      const known = cache.get(path);
      if (known !== undefined) return known;
      const text = readFile(path);
      if (text === undefined) return undefined;
      const file = ts.createSourceFile(path, text, languageVersion);
      cache.set(path, file);
      return file;
    },
  };
}
