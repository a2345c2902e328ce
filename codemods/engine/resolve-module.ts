import { ts } from 'ts-morph';

/** The file that a specifier means in another file, with the project's own settings; `undefined` when it means none. */
export function resolveModule(
  specifier: string,
  from: string,
  options: ts.CompilerOptions,
  host: ts.ModuleResolutionHost,
  cache?: ts.ModuleResolutionCache,
): string | undefined {
  const format = ts.getImpliedNodeFormatForFile(from, cache?.getPackageJsonInfoCache(), host, options);
  const { resolvedModule } = ts.resolveModuleName(specifier, from, options, host, cache, undefined, format);
  return resolvedModule?.resolvedFileName;
}
