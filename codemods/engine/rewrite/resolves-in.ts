import { ts } from 'ts-morph';
import { resolveModule } from '../resolve-module.js';

interface Resolver {
  readonly host: ts.ModuleResolutionHost;
  readonly cache: ts.ModuleResolutionCache;
}

// Asked for every file that gets an import, with the same few answers.
const resolvers = new WeakMap<ts.Program, Resolver>();

/** Whether a package's specifier leads anywhere from a file, with the settings of its program. */
export function resolvesIn(program: ts.Program, specifier: string, file: string): boolean {
  const options = program.getCompilerOptions();
  const known = resolvers.get(program) ?? createResolver(program, options);
  resolvers.set(program, known);
  return resolveModule(specifier, file, options, known.host, known.cache) !== undefined;
}

function createResolver(program: ts.Program, options: ts.CompilerOptions): Resolver {
  const host = ts.createCompilerHost(options);
  const cache = ts.createModuleResolutionCache(program.getCurrentDirectory(), (path) => path, options);
  return { host, cache };
}
