import { posix } from 'node:path';
import { runInThisContext } from 'node:vm';
import { ts } from 'ts-morph';
import type { Files } from './in-memory-project.js';

type Exports = Record<string, unknown>;
type ModuleBody = (
  exports: Exports,
  load: (specifier: string) => unknown,
  module: { exports: Exports },
) => void;

const compiled = new Map<string, ModuleBody>();

/**
 * Runs a module of a project in memory, with everything that it imports, and gives its exports. Each call starts from
 * modules that have not run yet. `packages` stand for what the project would have installed.
 */
export function runModule(
  files: Files,
  path: string,
  packages: Readonly<Record<string, unknown>> = {},
): Exports {
  const modules = new Map<string, { exports: Exports }>();
  const load = (at: string): Exports => {
    const known = modules.get(at);
    if (known !== undefined) return known.exports;
    const text = files.get(at);
    if (text === undefined) throw new Error(`no module ${at}`);
    const module = { exports: {} };
    modules.set(at, module);
    compile(files, at, text)(module.exports, (specifier) => loadFrom(at, specifier), module);
    return module.exports;
  };
  const loadFrom = (from: string, specifier: string): unknown => {
    if (Object.hasOwn(packages, specifier)) return packages[specifier];
    const target = candidatesOf(from, specifier).find((one) => files.has(one));
    if (target === undefined) throw new Error(`${from} imports ${specifier}, which is not there`);
    return load(target);
  };
  return load(path);
}

function candidatesOf(from: string, specifier: string): readonly string[] {
  if (!specifier.startsWith('.')) {
    return [`/project/node_modules/${specifier}.ts`, `/project/node_modules/${specifier}/index.ts`];
  }
  const target = posix.join(posix.dirname(from), specifier);
  const bare = target.replace(/\.[cm]?jsx?$/, '');
  return [target, `${bare}.ts`, `${bare}.tsx`, `${target}.ts`, `${target}/index.ts`];
}

function compile(files: Files, path: string, text: string): ModuleBody {
  const known = compiled.get(keyOf(path, text));
  if (known !== undefined) return known;
  compileAll(new Map([...files].filter(([at, one]) => isSource(at) && !compiled.has(keyOf(at, one)))));
  const body = compiled.get(keyOf(path, text));
  if (body === undefined) throw new Error(`${path} was not compiled`);
  return body;
}

/** All of them in one program that knows nothing of what they import: made for one file, it costs as much. */
function compileAll(files: Files): void {
  const program = ts.createProgram({ rootNames: [...files.keys()], options, host: hostOf(files) });
  program.emit(undefined, (_name, code, _mark, _onError, [file] = []) => {
    if (file === undefined) return;
    const body = runInThisContext(`(function (exports, require, module) {${code}\n})`, {
      filename: file.fileName,
    }) as ModuleBody;
    compiled.set(keyOf(file.fileName, file.text), body);
  });
}

// Native async functions: the number of ticks between two marks is part of what is compared.
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  jsx: ts.JsxEmit.React,
  experimentalDecorators: true,
  allowJs: true,
  isolatedModules: true,
  noResolve: true,
  noLib: true,
  noCheck: true,
  types: [],
  suppressOutputPathCheck: true,
};

function hostOf(files: Files): ts.CompilerHost {
  return {
    getSourceFile(path, languageVersion) {
      const text = files.get(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, languageVersion);
    },
    getDefaultLibFileName: () => 'lib.d.ts',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (path) => files.has(path),
    readFile: (path) => files.get(path),
    writeFile: () => undefined,
  };
}

function isSource(path: string): boolean {
  return /(?<!\.d)\.[cm]?[jt]sx?$/.test(path);
}

function keyOf(path: string, text: string): string {
  return `${path}\n${text}`;
}
