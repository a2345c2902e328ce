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
    compile(at, text)(module.exports, (specifier) => loadFrom(at, specifier), module);
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

function compile(path: string, text: string): ModuleBody {
  const key = `${path}\n${text}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  // Native async functions: the number of ticks between two marks is part of what is compared.
  const { outputText } = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      jsx: ts.JsxEmit.React,
      experimentalDecorators: true,
    },
  });
  const body = runInThisContext(`(function (exports, require, module) {${outputText}\n})`, {
    filename: path,
  }) as ModuleBody;
  compiled.set(key, body);
  return body;
}
